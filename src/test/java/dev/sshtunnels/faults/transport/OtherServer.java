package dev.sshtunnels.faults.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;

/** A server that is not OpenSSH, Apache MINA SSHD on loopback, and can be told to say what sshd never says. */
final class OtherServer implements AutoCloseable {

    private final KeyPair hostKey;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final AtomicBoolean exhausted = new AtomicBoolean();

    OtherServer() {
        try {
            hostKey = ellipticCurve().generateKeyPair();
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
            server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
            server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
            server.setChannelFactories(List.of(new Channels()));
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

    /** Whether new channels are answered with SSH_OPEN_RESOURCE_SHORTAGE (RFC 4254 5.1). */
    void exhausted(boolean now) {
        exhausted.set(now);
    }

    int sessions() {
        return server.getActiveSessions().size();
    }

    private final class Channels implements ChannelFactory {

        @Override
        public String getName() {
            return DirectTcpipFactory.INSTANCE.getName();
        }

        @Override
        public Channel createChannel(Session session) {
            return new TcpipServerChannel(TcpForwardingFilter.Type.Direct, null) {
                @Override
                protected OpenFuture doInit(Buffer request) {
                    return exhausted.get() ? refused(this) : super.doInit(request);
                }
            };
        }

        private static OpenFuture refused(Channel channel) {
            OpenFuture answer = new DefaultOpenFuture(channel, channel);
            answer.setException(
                    new SshChannelOpenException(0, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "no more channels"));
            return answer;
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
