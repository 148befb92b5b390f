package dev.sshtunnels.agent.login;

import dev.sshtunnels.ssh.Login;
import java.util.Objects;

/** Compares logins. */
public final class LoginChange {

    private LoginChange() {}

    /** Whether an attempt with one would be an attempt with the other. */
    public static boolean same(Login a, Login b) {
        return !needsNewSession(a, b)
                && a.identity().getPublic().equals(b.identity().getPublic())
                && a.trust().equals(b.trust())
                && a.connectTimeout().equals(b.connectTimeout());
    }

    /**
     * Whether a session of one login has to make way for the other. A rotated key, other known hosts and another connect
     * timeout matter to the next login only: a healthy session is not given up for them, as ssh does not either.
     */
    public static boolean needsNewSession(Login running, Login wanted) {
        return !running.endpoints().equals(wanted.endpoints())
                || !running.user().equals(wanted.user())
                || !Objects.equals(running.trust().alias(), wanted.trust().alias())
                || running.addressFamily() != wanted.addressFamily()
                || !running.keepAliveInterval().equals(wanted.keepAliveInterval())
                || running.keepAliveCountMax() != wanted.keepAliveCountMax()
                || running.rekeyBytes() != wanted.rekeyBytes()
                || !running.rekeyInterval().equals(wanted.rekeyInterval());
    }
}
