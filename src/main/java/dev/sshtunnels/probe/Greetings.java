package dev.sshtunnels.probe;

import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.HostPort;
import dev.sshtunnels.tunnel.TargetProbe;

/** The greeting for a probe. */
public final class Greetings {

    private Greetings() {}

    /**
     * Not for an event loop: the first ClientHello of a process takes tens of milliseconds to make.
     *
     * @param target names the server to those protocols that want to hear its name
     */
    public static Greeting of(TargetProbe probe, Destination target) {
        String host = target instanceof HostPort(String name, int _) ? name : "localhost";
        return switch (probe.type()) {
            case None -> throw new IllegalArgumentException("no probe is asked for");
            case TCP -> new ConnectOnly();
            case Expect -> new ExpectGreeting(probe.send(), probe.expectPrefix());
            case PostgreSQL -> new PostgreSqlGreeting();
            case MySQL -> new MySqlGreeting();
            case Redis -> new RedisGreeting();
            case TLS -> TlsGreeting.to(host);
            case HTTP -> new HttpGreeting(target instanceof HostPort address ? address.toString() : host);
        };
    }
}
