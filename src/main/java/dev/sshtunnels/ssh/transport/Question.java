package dev.sshtunnels.ssh.transport;

import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * The global request that {@code ssh} asks to learn whether the server is there (clientloop.c, server_alive_check). Every
 * server answers it, if only that it does not know it, when it has worked off everything before it (RFC 4254 4).
 */
final class Question {

    private static final String NAME = "keepalive@openssh.com";

    private Question() {}

    static void ask(Session session, Runnable answered) throws IOException {
        Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
        question.putString(NAME);
        question.putBoolean(true);
        session.request(question, NAME, (_, _) -> answered.run());
    }
}
