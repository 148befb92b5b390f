package dev.sshtunnels.ssh;

import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A key to log in with; sessions are closed after each test. */
abstract class LoginScenario {

    final Logins logins = new Logins();

    @TempDir
    Path directory;

    ClientKey key;

    @BeforeEach
    void makeKey() {
        key = new ClientKeys(directory).ed25519();
    }

    @AfterEach
    void closeSessions() {
        logins.close();
    }
}
