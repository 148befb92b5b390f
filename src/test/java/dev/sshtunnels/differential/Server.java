package dev.sshtunnels.differential;

import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;

/**
 * The server that both contestants log in to, and how.
 *
 * @param sshOptions values of {@code ssh -o}, such as {@code RekeyLimit=16K}
 * @param specLines lines of the SshServer's spec that mean the same
 */
record Server(Sshd sshd, ClientKey key, List<String> sshOptions, List<String> specLines) {

    /** A place in the log: what sshd writes from now on comes after it. */
    int logPosition() {
        return sshd.log().size();
    }

    /**
     * Everything that sshd has written since, the latest included: all its processes write to one pipe, so when the
     * line about a new connection has come, those before it have too.
     */
    List<String> logSince(int position) {
        try (Socket marker = new Socket(sshd.host(), sshd.port())) {
            sshd.awaitLog("Connection from 127.0.0.1 port " + marker.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> log = sshd.log();
        return log.subList(position, log.size());
    }
}
