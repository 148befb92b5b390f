package dev.sshtunnels.differential;

import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import java.util.List;

/**
 * The server that both contestants log in to, and how.
 *
 * @param sshOptions values of {@code ssh -o}, such as {@code RekeyLimit=16K}
 * @param specLines lines of the SshServer's spec that mean the same
 */
record Server(Sshd sshd, ClientKey key, List<String> sshOptions, List<String> specLines) {}
