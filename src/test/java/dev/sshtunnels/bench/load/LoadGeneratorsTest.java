package dev.sshtunnels.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sshtunnels.bench.rig.BrokenException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What load generators write is read")
class LoadGeneratorsTest {

    private static final String WRK = """
            Running 3s test @ http://127.0.0.1:20001/
              1 threads and 1000 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency   100.98ms  222.66ms   2.00s    90.53%%
              Latency Distribution
                 50%%   21.91ms
                 99%%   %s
              134131 requests in 3.10s, 21.23MB read
            %sRequests/sec:  43268.52
            Transfer/sec:      6.85MB
            """;

    @Test
    void iperfSaysWhatItsReceiverGotEvenThoughItRepeatsProperties() {
        Bulk bulk = Bulk.parse("""
                {"start": {"sock_bufsize": 0, "sock_bufsize": 0},
                 "intervals": [{"sum": {"bits_per_second": 1.0e9}}, {"sum": {"bits_per_second": 3.0e9}}],
                 "end": {"sum_sent": {"bytes": 600000000, "bits_per_second": 2.5e9},
                         "sum_received": {"bytes": 500000000, "bits_per_second": 2.0e9}}}
                """);

        assertThat(bulk).isEqualTo(new Bulk(2, 0.5, List.of(1.0, 3.0)));
    }

    @Test
    void iperfSaysWhatWentWrong() {
        assertThatExceptionOfType(BrokenException.class)
                .isThrownBy(() -> Bulk.parse("{\"error\": \"the server is busy\"}"))
                .withMessageContaining("the server is busy");
    }

    @Test
    void wrkSaysLatenciesInUnitsThatFit() {
        assertThat(Requests.parse(WRK.formatted("252.40ms", ""))).isEqualTo(new Requests(43268.52, 252.4, 0));
        assertThat(Requests.parse(WRK.formatted("140.00us", "")).p99()).isEqualTo(0.14);
        assertThat(Requests.parse(WRK.formatted("1.04s", "")).p99()).isEqualTo(1040);
    }

    @Test
    void wrkCountsWhatFailedAndWhatWasNoSuccess() {
        String failures = """
                  Socket errors: connect 1, read 2, write 3, timeout 51
                  Non-2xx or 3xx responses: 7
                """;

        assertThat(Requests.parse(WRK.formatted("1.00ms", failures)).errors()).isEqualTo(64);
    }
}
