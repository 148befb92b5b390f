package dev.sshtunnels.ssh.transport;

import java.util.concurrent.locks.Lock;
import org.apache.sshd.common.kex.KexState;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.session.helpers.KeyExchangeMessageHandler;
import org.slf4j.Logger;

/** Tells whether channel messages may be sent, or a key exchange forbids it (RFC 4253 7.1). */
final class KexGate extends KeyExchangeMessageHandler {

    KexGate(AbstractSession session, Logger log) {
        super(session, log);
    }

    boolean isOpen(KexState state) {
        return (state == KexState.DONE || state == KexState.KEYS) && kexFlushed.get() && !shutDown.get();
    }

    /** Held while a packet is sealed, so that no key exchange begins meanwhile on another thread. */
    Lock sealing() {
        return lock.readLock();
    }
}
