package dev.sshtunnels.isolation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Short connections through the tunnels {@code local}, {@code remote} and {@code socks} of an agent to a target that knows {@link Ending}. */
record Churn(TunnelAgent agent, int targetPort) {

    private static final String[] TUNNELS = {"local", "remote", "socks"};

    /** One through each tunnel with each ending. */
    void each(Ending... endings) throws IOException {
        for (String tunnel : TUNNELS) {
            for (Ending ending : endings) {
                ending.exchange(connect(tunnel));
            }
        }
    }

    /** One through any of them. */
    void one(Ending ending) throws IOException {
        ending.exchange(connect(TUNNELS[ThreadLocalRandom.current().nextInt(TUNNELS.length)]));
    }

    private Socket connect(String tunnel) throws IOException {
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), agent.port(tunnel));
        boolean socks = tunnel.equals("socks");
        Socket socket = socks ? new Socket(new Proxy(Proxy.Type.SOCKS, listener)) : new Socket();
        try {
            socket.setSoTimeout((int) IsolationScenario.PATIENCE.toMillis());
            socket.connect(socks ? new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort) : listener);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
