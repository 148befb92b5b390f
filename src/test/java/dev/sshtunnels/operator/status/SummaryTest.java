package dev.sshtunnels.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.operator.desired.EffectiveForwards;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshTunnel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {mode: L, target: {host: db, port: 5432}, serverRef: {name: b}} | L *:5432 -> db:5432
            {mode: L, listen: {address: localhost, port: 1}, target: {host: "::1", port: 2}, serverRef: {name: b}} | L localhost:1 -> [::1]:2
            {mode: D, serverRef: {name: b}} | D *:1080
            {mode: R, listen: {port: 1080}, target: {socks: {}}, serverRef: {name: b}} | R localhost:1080 (SOCKS)
            {mode: L, listen: {port: 5432}, target: {socketPath: /run/pg.sock}, serverRef: {name: b}} | L *:5432 -> /run/pg.sock
            {mode: R, listen: {port: 8080}, target: {serviceRef: {name: web, port: http}}, serverRef: {name: b}} | R localhost:8080 -> web:http
            {mode: R, gateway: true, listen: {port: 0}, target: {host: web, port: 80}, serverRef: {name: b}} | R *:0 -> web:80
            {forwards: [{name: a, mode: D}, {name: b, mode: L, listen: {port: 2}, target: {host: x, port: 3}}], serverRef: {name: b}} | D *:1080 (+1 more)
            """)
    void theSummaryReadsLikeAnOptionOfSsh(String spec, String summary) {
        SshTunnel tunnel = KindsSerialization.create()
                .unmarshal(
                        "--- {apiVersion: sshtunnels.dev/v1alpha1, kind: SshTunnel, metadata: {name: t}, spec: " + spec
                                + "}",
                        SshTunnel.class);

        assertThat(Summary.of(EffectiveForwards.of(tunnel.getSpec()))).isEqualTo(summary);
    }
}
