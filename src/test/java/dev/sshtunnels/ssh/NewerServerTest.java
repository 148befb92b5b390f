package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.testing.ClientKeys;
import dev.sshtunnels.testing.ClientKeys.ClientKey;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.SshdBuilder;
import dev.sshtunnels.testing.SshdProgram;
import dev.sshtunnels.tunnel.Finding;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What servers have since OpenSSH 9.8. */
class NewerServerTest extends LoginScenario {

    private static final int ATTEMPTS = 30;

    @Test
    void theKeyExchangeIsSafeFromQuantumComputers() throws Exception {
        try (Sshd sshd = newer().start()) {
            ServerFacts facts = logins.connect(Logins.at(sshd, key)).server();

            assertThat(facts.kex()).isEqualTo("mlkem768x25519-sha256");
            assertThat(sshd.logged("kex: algorithm: mlkem768x25519-sha256")).isEqualTo(1);
        }
    }

    /** The server closes behind its words and does not read what the agent says meanwhile, so that a reset may follow them. */
    @Test
    void whatItSaysToABannedAddressIsHeardEachTime() throws Exception {
        ClientKey stranger = new ClientKeys(Files.createTempDirectory(directory, "stranger")).ed25519();
        try (Sshd sshd =
                newer().config("PerSourcePenalties authfail:10m min:1s").start()) {
            assertThat(logins.failure(Logins.at(sshd, stranger)).reason()).isEqualTo(Reason.AuthenticationFailed);
            sshd.awaitLog(" active penalty of ");

            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Finding finding = logins.failure(Logins.at(sshd, key));
                assertThat(finding.reason()).as(finding.message()).isEqualTo(Reason.BannedByServer);
                assertThat(finding.message()).contains("\"Not allowed at this time\"", "PerSourcePenaltyExemptList");
            }
        }
    }

    private SshdBuilder newer() {
        return Sshd.builder().program(SshdProgram.newer()).authorize(key);
    }
}
