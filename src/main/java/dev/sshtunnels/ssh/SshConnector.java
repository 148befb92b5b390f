package dev.sshtunnels.ssh;

/** Opens sessions. */
public interface SshConnector {

    /**
     * Connects, verifies the host key and logs in; blocks, so call it on a virtual thread.
     *
     * @throws LoginFailedException when every endpoint failed, with the finding of the one that came furthest
     * @throws InterruptedException when the caller gave up; nothing is left open
     */
    SshConnection connect(Login login) throws LoginFailedException, InterruptedException;
}
