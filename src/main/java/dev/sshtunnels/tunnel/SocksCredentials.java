package dev.sshtunnels.tunnel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What SOCKS5 clients must give (RFC 1929); never shown. */
public record SocksCredentials(String username, String password) {

    private static final int MAX_BYTES = 255;

    public SocksCredentials {
        require(username, "username");
        require(password, "password");
    }

    private static void require(String value, String name) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the " + name + " has " + bytes + " bytes; SOCKS5 takes 1 to " + MAX_BYTES + " (RFC 1929 2)");
        }
    }

    /** Whether a client gave them; takes the same time whichever byte is wrong. */
    public boolean match(byte[] givenUsername, byte[] givenPassword) {
        boolean sameUsername = MessageDigest.isEqual(username.getBytes(StandardCharsets.UTF_8), givenUsername);
        boolean samePassword = MessageDigest.isEqual(password.getBytes(StandardCharsets.UTF_8), givenPassword);
        return sameUsername & samePassword;
    }

    @Override
    public String toString() {
        return "(username and password)";
    }
}
