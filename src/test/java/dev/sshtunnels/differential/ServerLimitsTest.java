package dev.sshtunnels.differential;

import static dev.sshtunnels.differential.Wanted.dynamic;
import static dev.sshtunnels.differential.Wanted.local;
import static dev.sshtunnels.differential.Wanted.remote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sshtunnels.testing.Exchange;
import dev.sshtunnels.testing.Ports;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.testing.SshdBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts that may do nothing but tunnel: forwards need no session channel, so none of this may matter. */
@TestInstance(Lifecycle.PER_CLASS)
class ServerLimitsTest {

    private final Ports ports = Ports.OF_THIS_RUN;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path ofTheClass) {
        directory = ofTheClass;
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {
                "MaxSessions 0",
                "ForceCommand /bin/false",
                "PermitTTY no",
                "ChrootDirectory /",
                "X11Forwarding no"
            })
    void aLimitOfTheServer(String line) throws Exception {
        allModesWork(Sshd.builder().config(line));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {
                "command=\"/bin/false\"",
                "no-pty",
                "no-user-rc",
                "no-agent-forwarding",
                "no-X11-forwarding",
                "from=\"127.0.0.1\""
            })
    void anOptionOfTheKey(String option) throws Exception {
        allModesWork(Sshd.builder(), option);
    }

    /** Systems have such an account: daemon, with nologin or false for a shell, and no password. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anAccountWithoutShell() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root's sshd can log others in");
        allModesWork(Sshd.builder().account("daemon"));
    }

    private void allModesWork(SshdBuilder server, String... keyOptions) throws Exception {
        try (Arena arena = Arena.with(Files.createTempDirectory(directory, "arena"), ports, server, keyOptions);
                Contest contest = arena.contest()) {
            contest.with(
                            local(arena.port()).to(arena.echo()),
                            remote(arena.port()).to(arena.echo()),
                            dynamic(arena.port()))
                    .bothSee(List.of("ping", "ping", "ping"), session -> answers(session, arena.echo()));
            assertThat(arena.sshd().logged("session opened by client")).isZero();
        }
    }

    private static List<String> answers(Session session, int target) throws IOException {
        try (Exchange local = Exchange.with(session.port(0));
                Exchange remote = Exchange.with(session.port(1));
                Exchange socks = Exchange.throughSocks(session.port(2), target)) {
            return List.of(local.say("ping"), remote.say("ping"), socks.say("ping"));
        }
    }
}
