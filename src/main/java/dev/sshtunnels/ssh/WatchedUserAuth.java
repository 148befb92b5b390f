package dev.sshtunnels.ssh;

import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientUserAuthService;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.auth.AbstractUserAuthServiceFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/** MINA's authentication (RFC 4252) that lets us read along what the server still accepts. */
final class WatchedUserAuth extends ClientUserAuthService {

    private final SessionJournal journal;

    private WatchedUserAuth(Session session, SessionJournal journal) {
        super(session);
        this.journal = journal;
    }

    @Override
    protected void processUserAuth(int message, Buffer buffer, AuthFuture future) throws Exception {
        if (message == SshConstants.SSH_MSG_USERAUTH_FAILURE) {
            int start = buffer.rpos();
            journal.authenticationFailed(new SessionJournal.AuthFailure(buffer.getString(), buffer.getBoolean()));
            buffer.rpos(start);
        }
        super.processUserAuth(message, buffer, future);
    }

    /** Makes one for each session. */
    static final class Factory extends AbstractUserAuthServiceFactory {

        private final SessionJournal journal;

        Factory(SessionJournal journal) {
            this.journal = journal;
        }

        @Override
        public Service create(Session session) {
            return new WatchedUserAuth(session, journal);
        }
    }
}
