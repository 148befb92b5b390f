package dev.sshtunnels.agent.login;

import dev.sshtunnels.agent.retry.RetryPolicy;
import dev.sshtunnels.api.AgentSpec;
import dev.sshtunnels.api.KeepAlive;
import dev.sshtunnels.api.Reconnect;
import dev.sshtunnels.api.Rekey;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.tunnel.Durations;
import java.time.Duration;

/**
 * A server's times and amounts, those left out as the CRD has them by default.
 *
 * @param rekeyBytes 0 for the cipher's own limit
 * @param rekeyInterval zero for never
 */
public record ServerTimes(
        Duration connectTimeout,
        Duration keepAliveInterval,
        int keepAliveCountMax,
        long rekeyBytes,
        Duration rekeyInterval,
        RetryPolicy retry,
        Duration drainTimeout) {

    private static final int KEEP_ALIVE_COUNT_MAX = 2;

    public static ServerTimes of(SshServerSpec spec) {
        KeepAlive keepAlive = spec.keepAlive() == null ? new KeepAlive(null, null) : spec.keepAlive();
        Rekey rekey = spec.rekey() == null ? new Rekey(null, null) : spec.rekey();
        AgentSpec agent = spec.agent() == null ? new AgentSpec(null, null, null, null) : spec.agent();
        return new ServerTimes(
                time(spec.connectTimeout(), "10s"),
                time(keepAlive.interval(), "4s"),
                keepAlive.countMax() == null ? KEEP_ALIVE_COUNT_MAX : keepAlive.countMax(),
                bytes(rekey.bytes()),
                time(rekey.interval(), "0s"),
                retry(spec.reconnect()),
                time(agent.drainTimeout(), "30s"));
    }

    private static RetryPolicy retry(Reconnect given) {
        Reconnect reconnect = given == null ? new Reconnect(null, null, null, null) : given;
        return RetryPolicy.of(
                time(reconnect.initialDelay(), "1s"),
                time(reconnect.maxDelay(), "60s"),
                time(reconnect.authFailureDelay(), "60s"),
                time(reconnect.resetAfter(), "60s"));
    }

    private static Duration time(String text, String otherwise) {
        return Durations.parse(text == null ? otherwise : text);
    }

    /** Units as ssh_config {@code RekeyLimit}: powers of 1024. */
    private static long bytes(String text) {
        if (text == null) {
            return 0;
        }
        int shift = switch (text.charAt(text.length() - 1)) {
            case 'K' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
        return Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1)) << shift;
    }
}
