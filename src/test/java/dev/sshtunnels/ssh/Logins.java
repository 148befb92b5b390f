package dev.sshtunnels.ssh;

import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.login.PrivateKeys;
import dev.sshtunnels.ssh.login.UnusableException;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Logs in to the servers of tests; ends what it opened. */
final class Logins implements AutoCloseable {

    private final EventLoop loop = new EventLoop("test");
    private final SshConnector connector = new MinaConnector(loop);
    private final List<SshConnection> opened = new ArrayList<>();

    /** A login as the server wants it. */
    static Login at(Sshd sshd, ClientKey key) {
        return at(new HostPort(sshd.host(), sshd.port()), sshd.user(), key, trust(sshd.hostKeyLine()));
    }

    static Login at(HostPort endpoint, String user, ClientKey key, HostKeyTrust trust) {
        return new Login(
                List.of(endpoint),
                user,
                read(key),
                trust,
                AddressFamily.Any,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                3,
                0,
                Duration.ZERO);
    }

    static HostKeyTrust trust(String... knownHosts) {
        return new HostKeyTrust(Arrays.asList(knownHosts), List.of(), null, "spec.hostKeys.knownHosts");
    }

    static KeyPair read(ClientKey key) {
        try {
            return PrivateKeys.read(key.bytes(), null, "test key");
        } catch (UnusableException e) {
            throw new AssertionError(e);
        }
    }

    static Login with(Login login, HostKeyTrust trust) {
        return changed(
                login, login.endpoints(), login.user(), trust, login.connectTimeout(), login.keepAliveInterval());
    }

    static Login with(Login login, String user) {
        return changed(
                login, login.endpoints(), user, login.trust(), login.connectTimeout(), login.keepAliveInterval());
    }

    static Login with(Login login, List<HostPort> endpoints) {
        return changed(
                login, endpoints, login.user(), login.trust(), login.connectTimeout(), login.keepAliveInterval());
    }

    static Login within(Login login, Duration connectTimeout) {
        return changed(
                login, login.endpoints(), login.user(), login.trust(), connectTimeout, login.keepAliveInterval());
    }

    static Login askingEvery(Login login, Duration keepAlive) {
        return changed(login, login.endpoints(), login.user(), login.trust(), login.connectTimeout(), keepAlive);
    }

    /** Asks ten times a second, and waits 10 s for an answer: a server that waits for a core is not dead. */
    static Login askingOften(Login login) {
        return changed(login, Duration.ofMillis(100), 100, login.rekeyInterval());
    }

    static Login renewingKeysEvery(Login login, Duration interval) {
        return changed(login, login.keepAliveInterval(), login.keepAliveCountMax(), interval);
    }

    private static Login changed(Login login, Duration keepAlive, int keepAliveCountMax, Duration rekeyInterval) {
        return new Login(
                login.endpoints(),
                login.user(),
                login.identity(),
                login.trust(),
                login.addressFamily(),
                login.connectTimeout(),
                keepAlive,
                keepAliveCountMax,
                login.rekeyBytes(),
                rekeyInterval);
    }

    private static Login changed(
            Login login,
            List<HostPort> endpoints,
            String user,
            HostKeyTrust trust,
            Duration connectTimeout,
            Duration keepAlive) {
        return new Login(
                endpoints,
                user,
                login.identity(),
                trust,
                login.addressFamily(),
                connectTimeout,
                keepAlive,
                login.keepAliveCountMax(),
                login.rekeyBytes(),
                login.rekeyInterval());
    }

    SshConnection connect(Login login) throws LoginFailedException, InterruptedException {
        SshConnection connection = connector.connect(login, Rejections.NONE);
        opened.add(connection);
        return connection;
    }

    /** The finding of a login that must fail. */
    Finding failure(Login login) throws InterruptedException {
        return failure(login, Rejections.NONE);
    }

    /** The finding of a login that must fail and failed before. */
    Finding failure(Login login, Rejections earlier) throws InterruptedException {
        try {
            opened.add(connector.connect(login, earlier));
        } catch (LoginFailedException e) {
            return e.finding();
        }
        throw new AssertionError("the login succeeded");
    }

    @Override
    public void close() {
        opened.forEach(SshConnection::close);
        loop.close();
    }
}
