package dev.sshtunnels.ssh;

/** Opens sessions. */
public interface SshConnector {

    /**
     * Connects, verifies the host key and logs in; blocks, so call it on a virtual thread. The endpoints are tried one
     * after the other until one refuses user or key: two of them may lead to one server, which counts refused logins.
     * One that was lost when it had the key is asked once more after the others; a second time it has refused.
     *
     * @param earlier endpoints that refused this login before; they are tried last
     * @throws LoginFailedException when no endpoint let us in, with the finding of the one that came furthest
     * @throws InterruptedException when the caller gave up; nothing is left open
     */
    SshConnection connect(Login login, Rejections earlier) throws LoginFailedException, InterruptedException;
}
