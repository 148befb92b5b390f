package dev.sshtunnels.ssh.transport;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;

/** What MINA asks of any socket: its number, its addresses and a place for attributes. */
abstract class BaseIoSession extends AbstractCloseable implements IoSession {

    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final IoService service;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final Map<Object, Object> attributes = new ConcurrentHashMap<>();

    BaseIoSession(IoService service, SocketAddress local, SocketAddress remote) {
        this.service = service;
        this.local = local;
        this.remote = remote;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public IoService getService() {
        return service;
    }

    @Override
    public SocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return remote;
    }

    @Override
    public SocketAddress getAcceptanceAddress() {
        return null;
    }

    @Override
    public Object getAttribute(Object name) {
        return attributes.get(name);
    }

    @Override
    public Object setAttribute(Object name, Object value) {
        return attributes.put(name, value);
    }

    @Override
    public Object setAttributeIfAbsent(Object name, Object value) {
        return attributes.putIfAbsent(name, value);
    }

    @Override
    public Object removeAttribute(Object name) {
        return attributes.remove(name);
    }

    /** Never asked for: channels are ours, and theirs is the flow control. */
    @Override
    public void suspendRead() {}

    @Override
    public void resumeRead() {}
}
