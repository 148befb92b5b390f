package dev.sshtunnels.ssh.transport;

import dev.sshtunnels.loop.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
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
import org.apache.sshd.core.CoreModuleProperties;

/** Puts a MINA client onto the event loop. */
public final class LoopTransport implements IoServiceFactoryFactory {

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
        return new LoopServiceFactory(manager);
    }

    /** The loop is the only thread that does I/O. */
    @Override
    public void setExecutorServiceFactory(Factory<CloseableExecutorService> factory) {}

    private final class LoopServiceFactory extends AbstractCloseable implements IoServiceFactory {

        private final FactoryManager manager;
        private IoServiceEventListener listener;

        LoopServiceFactory(FactoryManager manager) {
            this.manager = manager;
        }

        @Override
        public IoConnector createConnector(IoHandler handler) {
            return new LoopConnector(handler, manager);
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
        private final FactoryManager manager;
        private final Map<Long, IoSession> sessions = new ConcurrentHashMap<>();
        private IoServiceEventListener listener;

        LoopConnector(IoHandler handler, FactoryManager manager) {
            this.handler = handler;
            this.manager = manager;
        }

        /** Connects on the caller's thread, which may wait; the session then belongs to the loop. */
        @Override
        public IoConnectFuture connect(SocketAddress address, AttributeRepository context, SocketAddress localAddress) {
            DefaultIoConnectFuture future = new DefaultIoConnectFuture(address, null);
            try {
                SocketChannel channel = connected((InetSocketAddress) address, (InetSocketAddress) localAddress);
                LoopIoSession session = new LoopIoSession(channel, loop, handler, this);
                if (context != null) {
                    session.setAttribute(AttributeRepository.class, context);
                }
                sessions.put(session.getId(), session);
                session.addCloseFutureListener(_ -> sessions.remove(session.getId()));
                loop.execute(() -> open(session, future));
            } catch (IOException e) {
                future.setException(e);
            }
            return future;
        }

        private SocketChannel connected(InetSocketAddress address, InetSocketAddress localAddress) throws IOException {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                if (localAddress != null) {
                    channel.bind(localAddress);
                }
                int timeout = (int) CoreModuleProperties.IO_CONNECT_TIMEOUT
                        .getRequired(manager)
                        .toMillis();
                channel.socket().connect(address, timeout);
                channel.configureBlocking(false);
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
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
