package dev.sshtunnels.probe;

import dev.sshtunnels.tunnel.IpSyntax;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * ClientHello (RFC 8446 4.1.2, by the JDK): ServerHello or an alert, which only a TLS server gives. No certificate is
 * looked at, and nothing is encrypted.
 *
 * @param clientHello the same each time: no key of it is ever used
 */
record TlsGreeting(byte[] clientHello) implements Greeting {

    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;
    private static final byte SERVER_HELLO = 2;
    private static final int HEADER = 5;
    private static final int ALERT_LENGTH = 2;

    /** RFC 8446 6.1: user_canceled, and close_notify behind it. */
    private static final byte[] CANCELED = {ALERT, 3, 3, 0, 2, 1, 90, ALERT, 3, 3, 0, 2, 1, 0};

    static TlsGreeting to(String host) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(serverName(host));
            engine.setSSLParameters(parameters);
            return new TlsGreeting(clientHello(engine));
        } catch (GeneralSecurityException | SSLException impossible) {
            throw new IllegalStateException("no ClientHello can be made", impossible);
        }
    }

    private static byte[] clientHello(SSLEngine engine) throws SSLException {
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    /** RFC 6066 3: a name, no address; none if it is no name for TLS. */
    private static List<SNIServerName> serverName(String host) {
        try {
            return IpSyntax.isAddress(host) ? List.of() : List.of(new SNIHostName(host));
        } catch (IllegalArgumentException _) {
            return List.of();
        }
    }

    @Override
    public byte[] opening() {
        return clientHello;
    }

    @Override
    public Verdict judge(byte[] answer) {
        boolean startsWell = (answer.length < 1 || answer[0] == ALERT || answer[0] == HANDSHAKE)
                && (answer.length < 2 || answer[1] == 3);
        if (!startsWell) {
            return new Verdict.Unexpected("a TLS server");
        }
        if (answer.length <= HEADER) {
            return Verdict.NEED_MORE;
        }
        boolean known = answer[0] == HANDSHAKE ? answer[HEADER] == SERVER_HELLO : answer[HEADER - 1] == ALERT_LENGTH;
        return known ? new Verdict.Alive("a TLS server answered") : new Verdict.Unexpected("a TLS server");
    }

    @Override
    public byte[] farewell(byte[] answer) {
        return answer[0] == HANDSHAKE ? CANCELED : NOTHING;
    }
}
