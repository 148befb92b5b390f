package dev.sshtunnels.differential;

import dev.sshtunnels.api.Mode;
import java.util.List;

/**
 * One forward that both contestants are asked for, in the words of {@code ssh} and in those of an SshTunnel.
 *
 * @param address bind address, null for none given
 * @param port 0 lets the server choose (R only)
 * @param gateway {@code ssh -g} and {@code spec.gateway}
 * @param target null for D, which has none
 * @param suspended {@code ClearAllForwardings} and {@code spec.suspend}: written down, but not in force
 */
public record Wanted(Mode mode, String address, int port, boolean gateway, Target target, boolean suspended) {

    public Wanted(Mode mode, String address, int port, boolean gateway, Target target) {
        this(mode, address, port, gateway, target, false);
    }

    /** What a forward connects to. */
    public sealed interface Target {

        record Port(String host, int port) implements Target {}

        /** A Unix socket beside the server: OpenSSH PROTOCOL 2.4, direct-streamlocal@openssh.com. */
        record UnixSocket(String path) implements Target {}

        /**
         * R only: the client is a SOCKS server for who connects there ({@code ssh -R port}).
         *
         * @param allow {@code access.socks.allow}; ssh has no such thing unless told PermitRemoteOpen
         */
        record Socks(List<String> allow) implements Target {}
    }

    public static Wanted local(int port) {
        return new Wanted(Mode.L, null, port, false, null);
    }

    public static Wanted remote(int port) {
        return new Wanted(Mode.R, null, port, false, null);
    }

    public static Wanted dynamic(int port) {
        return new Wanted(Mode.D, null, port, false, null);
    }

    /** A bind address as ssh takes it: {@code ""}, {@code *}, {@code localhost} or an IP literal. */
    public Wanted at(String bindAddress) {
        return new Wanted(mode, bindAddress, port, gateway, target, suspended);
    }

    public Wanted gateway(boolean forEverybody) {
        return new Wanted(mode, address, port, forEverybody, target, suspended);
    }

    public Wanted suspend() {
        return new Wanted(mode, address, port, gateway, target, true);
    }

    public Wanted to(int targetPort) {
        return to("127.0.0.1", targetPort);
    }

    public Wanted to(String host, int targetPort) {
        return to(new Target.Port(host, targetPort));
    }

    public Wanted toUnixSocket(String path) {
        return to(new Target.UnixSocket(path));
    }

    /** With the destinations that the agent is to allow: without any, all but its own machine. */
    public Wanted toSocks(String... allow) {
        return to(new Target.Socks(List.of(allow)));
    }

    private Wanted to(Target newTarget) {
        return new Wanted(mode, address, port, gateway, newTarget, suspended);
    }

    /** The value of {@code -L}, {@code -R} or {@code -D}: {@code [bind_address:]port[:target]} of ssh(1). */
    String sshArgument() {
        String listen = address == null ? "" + port : bracketed(address) + ":" + port;
        return switch (target) {
            case Target.Port(String host, int targetPort) -> listen + ":" + bracketed(host) + ":" + targetPort;
            case Target.UnixSocket(String path) -> listen + ":" + path;
            case Target.Socks _ -> listen;
            case null -> listen;
        };
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** Lines of an SshTunnel's spec. */
    String[] specLines() {
        String listenAddress = address == null ? "" : "address: \"" + address + "\", ";
        String listen = "listen: {" + listenAddress + "port: " + port + "}";
        return new String[] {
            "mode: " + mode, listen, "gateway: " + gateway, "suspend: " + suspended, targetLine(), accessLine()
        };
    }

    private String targetLine() {
        return switch (target) {
            case Target.Port(String host, int targetPort) ->
                "target: {host: \"" + host + "\", port: " + targetPort + "}";
            case Target.UnixSocket(String path) -> "target: {socketPath: " + path + "}";
            case Target.Socks _ -> "target: {socks: {}}";
            case null -> "";
        };
    }

    private String accessLine() {
        return target instanceof Target.Socks(List<String> allow) && !allow.isEmpty()
                ? "access: {socks: {allow: [\"" + String.join("\", \"", allow) + "\"]}}"
                : "";
    }

    @Override
    public String toString() {
        return (suspended ? "suspended " : "") + (gateway ? "-g " : "") + "-" + mode + " " + sshArgument();
    }
}
