package dev.sshtunnels.ssh.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PinnedMinaTest {

    @Test
    void transportWasReadAgainstThisVersionOfMina() throws Exception {
        Properties properties = new Properties();
        try (InputStream in =
                TunnelSession.class.getResourceAsStream("/META-INF/maven/org.apache.sshd/sshd-core/pom.properties")) {
            properties.load(in);
        }
        assertThat(properties.getProperty("version"))
                .as("TunnelSession leans on protected members: read its documentation before another version is taken")
                .isEqualTo("2.20.0");
    }
}
