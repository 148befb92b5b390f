package dev.sshtunnels.faults.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.DirectTcpipFactory;

/** A server that is not OpenSSH, Apache MINA SSHD on loopback, and can be told to say what sshd never says. */
final class OtherServer implements AutoCloseable {

    private final KeyPair hostKey;
    private final SshServer server = SshServer.setUpDefaultServer();

    OtherServer() {
        try {
            hostKey = ellipticCurve().generateKeyPair();
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
            server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
            server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
            server.setChannelFactories(List.of(DirectTcpipFactory.INSTANCE));
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairGenerator ellipticCurve() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator;
    }

    int port() {
        return server.getPort();
    }

    /** Key type and base64. */
    String hostKey() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    /** Ends every session with SSH_MSG_DISCONNECT and a text (RFC 4253 11.1). */
    void disconnectAll(String text) throws IOException {
        for (AbstractSession session : server.getActiveSessions()) {
            session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, text);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
