package dev.sshtunnels.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.ssh.RemoteForwarding.Grant;
import dev.sshtunnels.ssh.RemoteForwarding.Grant.Granted;
import dev.sshtunnels.ssh.RemoteForwarding.Grant.Refused;
import dev.sshtunnels.testing.Sshd;
import dev.sshtunnels.tunnel.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemoteForwardingTest extends LoginScenario {

    @Test
    void theServerListensOnThePortThatItChoseUntilTheForwardIsCancelled() throws Exception {
        try (Sshd sshd = Sshd.accepting(key)) {
            RemoteForwarding forwarding = logins.connect(Logins.at(sshd, key)).remoteForwarding();

            Grant grant = answer(forwarding.request(new HostPort("localhost", 0)));
            assertThat(grant).isInstanceOf(Granted.class);
            int port = ((Granted) grant).port();
            assertThat(port).isPositive();
            new Socket("127.0.0.1", port).close();

            assertThat(answer(forwarding.cancel(new HostPort("localhost", port))))
                    .isTrue();
            assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void manyRequestsAtOnceGetTheirOwnAnswers() throws Exception {
        try (Sshd sshd = Sshd.accepting(key);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            RemoteForwarding forwarding = logins.connect(Logins.at(sshd, key)).remoteForwarding();
            List<CompletionStage<Grant>> answers = IntStream.range(0, 10)
                    .mapToObj(i -> forwarding.request(new HostPort("127.0.0.1", i % 2 == 0 ? 0 : taken.getLocalPort())))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answer(answers.get(i))).isInstanceOf(i % 2 == 0 ? Granted.class : Refused.class);
            }
        }
    }

    @Test
    void aServerThatForbidsForwardingSaysSo() throws Exception {
        try (Sshd sshd =
                Sshd.builder().authorize(key).config("AllowTcpForwarding no").start()) {
            Grant grant = answer(
                    logins.connect(Logins.at(sshd, key)).remoteForwarding().request(new HostPort("localhost", 0)));
            assertThat(grant)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.hint()).contains("Server has disabled port forwarding"));
        }
    }

    @Test
    void aForwardThatWasNeverAskedForCannotBeCancelled() throws Exception {
        try (Sshd sshd = Sshd.accepting(key)) {
            RemoteForwarding forwarding = logins.connect(Logins.at(sshd, key)).remoteForwarding();
            assertThat(answer(forwarding.cancel(new HostPort("localhost", 9)))).isFalse();
        }
    }

    @Test
    void aRequestIsRefusedWhenTheSessionEnds() throws Exception {
        try (Sshd sshd = Sshd.accepting(key)) {
            SshConnection connection = logins.connect(Logins.at(sshd, key));
            sshd.freeze();
            CompletionStage<Grant> pending = connection.remoteForwarding().request(new HostPort("localhost", 0));
            connection.close();
            assertThat(answer(pending)).isEqualTo(new Refused("the session ended"));
            assertThat(answer(connection.remoteForwarding().request(new HostPort("localhost", 0))))
                    .isEqualTo(new Refused("the session ended"));
        }
    }

    private static <T> T answer(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
}
