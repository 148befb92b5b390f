package dev.sshtunnels.ssh.transport;

import dev.sshtunnels.loop.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.CloseableExecutorService;

/** Puts a MINA client onto the event loop. */
public final class LoopTransport implements IoServiceFactoryFactory {

    /**
     * Context attribute of a connect call: the connected socket to use. Which address of a server answers first is
     * found out before there is a session.
     */
    public static final AttributeRepository.AttributeKey<SocketChannel> CONNECTED =
            new AttributeRepository.AttributeKey<>();

    private final EventLoop loop;

    public LoopTransport(EventLoop loop) {
        this.loop = loop;
    }

    /** Makes the client's sessions {@link TunnelSession}s on the loop. */
    public void install(SshClient client) {
        client.setIoServiceFactoryFactory(this);
        client.setSessionFactory(new SessionFactory(client) {
            @Override
            protected TunnelSession doCreateSession(IoSession socket) throws Exception {
                return new TunnelSession(getClient(), socket);
            }
        });
    }

    @Override
    public IoServiceFactory create(FactoryManager manager) {
        return new LoopServiceFactory();
    }

    /** The loop is the only thread that does I/O. */
    @Override
    public void setExecutorServiceFactory(Factory<CloseableExecutorService> factory) {}

    private final class LoopServiceFactory extends AbstractCloseable implements IoServiceFactory {

        private IoServiceEventListener listener;

        @Override
        public IoConnector createConnector(IoHandler handler) {
            return new LoopConnector(handler);
        }

        @Override
        public IoAcceptor createAcceptor(IoHandler handler) {
            throw new UnsupportedOperationException("listeners are not MINA's here");
        }

        @Override
        public IoServiceEventListener getIoServiceEventListener() {
            return listener;
        }

        @Override
        public void setIoServiceEventListener(IoServiceEventListener newListener) {
            listener = newListener;
        }
    }

    private final class LoopConnector extends AbstractCloseable implements IoConnector {

        private final IoHandler handler;
        private final Map<Long, IoSession> sessions = new ConcurrentHashMap<>();
        private IoServiceEventListener listener;

        LoopConnector(IoHandler handler) {
            this.handler = handler;
        }

        /** Takes the socket of {@link #CONNECTED}, which then belongs to the loop. */
        @Override
        public IoConnectFuture connect(SocketAddress address, AttributeRepository context, SocketAddress localAddress) {
            DefaultIoConnectFuture future = new DefaultIoConnectFuture(address, null);
            try {
                SocketChannel channel = Objects.requireNonNull(context.getAttribute(CONNECTED), "no socket");
                channel.configureBlocking(false);
                LoopIoSession session = new LoopIoSession(channel, loop, handler, this);
                session.setAttribute(AttributeRepository.class, context);
                sessions.put(session.getId(), session);
                session.addCloseFutureListener(_ -> sessions.remove(session.getId()));
                loop.execute(() -> open(session, future));
            } catch (IOException e) {
                future.setException(e);
            }
            return future;
        }

        private void open(LoopIoSession session, DefaultIoConnectFuture future) {
            try {
                session.open();
                future.setSession(session);
            } catch (Exception e) {
                future.setException(e);
                session.close(true);
            }
        }

        @Override
        public Map<Long, IoSession> getManagedSessions() {
            return sessions;
        }

        @Override
        public IoServiceEventListener getIoServiceEventListener() {
            return listener;
        }

        @Override
        public void setIoServiceEventListener(IoServiceEventListener newListener) {
            listener = newListener;
        }
    }
}
