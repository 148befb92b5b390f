package dev.sshtunnels.agent.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.agent.Samples;
import dev.sshtunnels.agent.login.ServerTimes;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.Login;
import dev.sshtunnels.ssh.Rejections;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    /** As a server's spec has it when it says nothing. */
    private static final RetryPolicy DEFAULT =
            ServerTimes.of(Samples.bareSpec()).retry();

    private static final Duration DAY = Duration.ofDays(1);
    private static final HostPort BASTION = new HostPort("bastion", 22);
    private static final HostPort OTHER = new HostPort("other", 22);

    private final Login login = Samples.login("alice", Samples.key());
    private final RandomGenerator random = new SplittableRandom(11);

    @ParameterizedTest(name = "{0}, {1} times: {2} to {3} ms")
    @CsvSource({
        "ConnectionRefused, 1, 900, 1400",
        "ConnectionRefused, 2, 1620, 2520",
        "ConnectionRefused, 500, 1620, 2520",
        "ConnectTimeout, 500, 1620, 2520",
        "DNSFailed, 500, 1620, 2520",
        "Unreachable, 500, 1620, 2520",
        "ConnectionReset, 500, 1620, 2520",
        "KeepAliveTimeout, 500, 1620, 2520",
        "ServerBusy, 1, 1000, 3000",
        "ServerBusy, 500, 1500, 4500",
        "HandshakeTimeout, 500, 1620, 2520",
        "NotAnSshServer, 1, 800, 1200",
        "NotAnSshServer, 4, 6400, 9600",
        "ServerDisconnected, 500, 48000, 72000",
        "ProtocolError, 500, 48000, 72000",
        "AuthenticationFailed, 1, 60000, 72000",
        "AuthenticationFailed, 2, 120000, 144000",
        "AuthenticationFailed, 500, 600000, 720000",
        "BannedByServer, 1, 15000, 18000",
        "BannedByServer, 500, 25000, 30000",
        "HostKeyMismatch, 500, 600000, 720000",
        "HostKeyUnknown, 500, 600000, 720000",
        "HostKeyRevoked, 500, 600000, 720000",
        "NoCommonAlgorithm, 500, 600000, 720000"
    })
    void eachCauseHasItsWait(Reason reason, int times, long least, long most) {
        for (int round = 0; round < 50; round++) {
            Retry retry = null;
            Instant failedAt = Instant.EPOCH;
            for (int i = 0; i < times; i++) {
                failedAt = retry == null ? failedAt : retry.due();
                retry = next(retry, reason, BASTION, failedAt);
            }
            assertThat(Duration.between(failedAt, retry.due()).toMillis()).isBetween(least, most);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ConnectionReset", "KeepAliveTimeout", "ServerDisconnected"})
    void theFirstAttemptAfterALossIsSpreadWide(Reason reason) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Finding finding = new Finding(reason, "lost");
            Retry retry = Retry.afterLoss(null, login, finding, BASTION, DEFAULT, Instant.EPOCH, random);
            waits.add(retry.due().toEpochMilli());
        }
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(100L, 2300L));
        for (long from = 100; from < 2300; from += 200) {
            long begin = from;
            assertThat(waits.stream().filter(wait -> wait >= begin && wait < begin + 200))
                    .as("of 1000 between %d and %d ms", begin, begin + 200)
                    .hasSizeBetween(50, 140);
        }
    }

    @Test
    void aWrongKeyIsOfferedThreeTimesInFiveMinutesAtMost() {
        assertThat(mostInFiveMinutes(attempts(_ -> Reason.AuthenticationFailed)))
                .isEqualTo(3);
    }

    @Test
    void aServerThatIsSometimesAwayIsNotAskedMoreOften() {
        List<Reason> between =
                List.of(Reason.ConnectionRefused, Reason.ServerBusy, Reason.ConnectTimeout, Reason.BannedByServer);
        assertThat(mostInFiveMinutes(
                        attempts(i -> i % 2 == 0 ? Reason.AuthenticationFailed : between.get(i / 2 % between.size()))))
                .isLessThanOrEqualTo(3);
    }

    @Test
    void aBanAfterARejectionEndsNoSoonerThanARejectionDoes() {
        Retry rejected = next(null, Reason.AuthenticationFailed, BASTION, Instant.EPOCH);

        Retry banned = next(rejected, Reason.BannedByServer, BASTION, rejected.due());

        assertThat(Duration.between(rejected.due(), banned.due())).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest(name = "away for {0} ms")
    @ValueSource(longs = {0, 300, 3000, 60_000})
    void fiftyAgentsThatLoseTheirServerStayBelowItsLimit(long away) {
        for (int round = 0; round < 20; round++) {
            List<Long> logins =
                    IntStream.range(0, 50).mapToObj(_ -> loginAfter(away)).toList();
            assertThat(mostAtOnce(logins, 100)).as("logins of 100 ms at a time").isLessThan(10);
            assertThat(logins).allSatisfy(begin -> assertThat(begin - away).isLessThanOrEqualTo(2520));
        }
    }

    /** When an agent meets its server again that was away for so long, in ms after the loss. */
    private long loginAfter(long away) {
        Instant back = Instant.EPOCH.plusMillis(away);
        Finding lost = new Finding(Reason.ConnectionReset, "lost");
        Retry retry = Retry.afterLoss(null, login, lost, BASTION, DEFAULT, Instant.EPOCH, random);
        while (retry.due().isBefore(back)) {
            retry = next(retry, Reason.ConnectionRefused, BASTION, retry.due());
        }
        return retry.due().toEpochMilli();
    }

    private static long mostAtOnce(List<Long> begins, long length) {
        return begins.stream()
                .mapToLong(at -> begins.stream()
                        .filter(begin -> begin <= at && at < begin + length)
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void endpointsThatRefusedTheLoginComeLast() {
        Retry first = next(null, Reason.AuthenticationFailed, BASTION, Instant.EPOCH);
        assertThat(first.series().rejections()).isEqualTo(Rejections.NONE.by(BASTION));

        Retry second = next(first, Reason.AuthenticationFailed, OTHER, first.due());
        assertThat(second.series().rejections().endpoints()).containsExactly(BASTION, OTHER);

        Retry third = next(second, Reason.AuthenticationFailed, BASTION, second.due());
        assertThat(third.series().rejections().endpoints()).containsExactly(OTHER, BASTION);
        assertThat(third.series().healed().rejections().endpoints()).containsExactly(OTHER, BASTION);
    }

    @ParameterizedTest
    @EnumSource(names = {"ConnectionRefused", "ServerBusy", "HandshakeTimeout", "ServerDisconnected", "BannedByServer"})
    void whatIsToldOfTheNextAttemptIsTheSameForAllThatFollowQuickly(Reason reason) {
        Retry retry = null;
        Duration told = null;
        for (int i = 0; i < 20; i++) {
            retry = next(retry, reason, BASTION, Instant.EPOCH);
            assertThat(told == null ? retry.within(DEFAULT) : told).isEqualTo(retry.within(DEFAULT));
            told = retry.within(DEFAULT);
        }
    }

    private Retry next(Retry before, Reason reason, HostPort endpoint, Instant now) {
        Finding finding = new Finding(reason, "failed");
        return Retry.afterFailure(
                before == null ? null : before.series(), login, finding, endpoint, DEFAULT, now, random);
    }

    /** When logins were refused on one day. */
    private List<Instant> attempts(IntFunction<Reason> outcome) {
        List<Instant> refused = new ArrayList<>();
        Retry retry = null;
        Instant now = Instant.EPOCH;
        for (int i = 0; now.isBefore(Instant.EPOCH.plus(DAY)); i++) {
            Reason reason = outcome.apply(i);
            if (reason == Reason.AuthenticationFailed) {
                refused.add(now);
            }
            retry = next(retry, reason, BASTION, now);
            now = retry.due();
        }
        return refused;
    }

    private static long mostInFiveMinutes(List<Instant> attempts) {
        return attempts.stream()
                .mapToLong(begin -> attempts.stream()
                        .filter(at -> !at.isBefore(begin) && at.isBefore(begin.plus(Duration.ofMinutes(5))))
                        .count())
                .max()
                .orElse(0);
    }
}
