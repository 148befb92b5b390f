package dev.sshtunnels.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.operator.desired.AgentConfigMap;
import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import dev.sshtunnels.tunnel.Finding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is planned for a tunnel that was deleted and made anew: all but the uid can be the same. */
class ServerPlannerTest {
    private static final KubernetesSerialization YAML = KindsSerialization.create();
    private static final String REFUSED = ", expireAt: \"2030-01-01T00:00:00Z\"";
    private static final int PORT = 8080;

    @Test
    void aPlanIsOfOneTunnelAndNotOfThatMadeAnew() {
        TunnelPlan plan = planned(empty(), tunnel("web", "u1", "")).tunnels().get("web");

        assertThat(plan.isOf(tunnel("web", "u1", ""))).isTrue();
        assertThat(plan.isOf(tunnel("web", "u2", ""))).isFalse();
    }

    @Test
    void anEditThatIsNotAcceptedLeavesTheDocumentInForce() {
        AgentConfigMap before = documents(tunnel("web", "u1", ""));

        ServerPlan plan = planned(before, tunnel("web", "u1", REFUSED));

        assertThat(plan.tunnels().get("web").running()).isEqualTo(1);
        assertThat(plan.documents().orElseThrow().tunnel("web")).isEqualTo(before.tunnel("web"));
    }

    @Test
    void theDocumentOfAFormerTunnelIsNoLastGoodVersion() {
        ServerPlan plan = planned(documents(tunnel("web", "u1", "")), tunnel("web", "u2", REFUSED));

        assertThat(plan.tunnels().get("web").running()).isZero();
        assertThat(plan.documents().orElseThrow().tunnel("web")).isNull();
    }

    @Test
    void theRemotePortOfAFormerTunnelIsNotHeldForTheOneMadeAnew() {
        SshTunnel older = tunnel("another", "u3", "");

        ServerPlan plan = planned(documents(tunnel("web", "u1", "")), older, tunnel("web", "u2", ""));

        assertThat(plan.tunnels().get("another").rejected()).isEmpty();
        assertThat(plan.tunnels().get("web").rejected().map(Finding::reason)).contains(Reason.RemotePortConflict);
    }

    @Test
    void aDocumentOfAnOperatorThatWroteNoUidsStaysInForce() {
        String written = documents(tunnel("web", "u1", "")).tunnel("web");
        String before = written.replaceAll("(?m)^ *uid: .*\\R", "");
        assertThat(before).isNotEqualTo(written);

        ServerPlan plan = planned(AgentConfigMap.read(Map.of("tunnel-web.yaml", before)), tunnel("web", "u1", REFUSED));

        assertThat(plan.tunnels().get("web").running()).isEqualTo(1);
        assertThat(plan.documents().orElseThrow().tunnel("web")).isEqualTo(before);
    }

    private static AgentConfigMap empty() {
        return AgentConfigMap.read(Map.of());
    }

    private static AgentConfigMap documents(SshTunnel tunnel) {
        return planned(empty(), tunnel).documents().orElseThrow();
    }

    private static ServerPlan planned(AgentConfigMap current, SshTunnel... tunnels) {
        SshServer server = YAML.unmarshal("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion, namespace: shop, uid: u0, generation: 1}
                spec: {endpoints: [{host: bastion.corp}], user: tunnel}
                """, SshServer.class);
        return new ServerPlanner(YAML).plan(server, Optional.empty(), List.of(tunnels), current, _ -> Optional.empty());
    }

    /** A first generation; of two with the same remote port, the first in the alphabet has it. */
    private static SshTunnel tunnel(String name, String uid, String more) {
        return YAML.unmarshal("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s, namespace: shop, uid: %s, generation: 1}
                spec: {mode: R, listen: {port: %d}, target: {host: web, port: 80}, serverRef: {name: bastion}%s}
                """.formatted(name, uid, PORT, more), SshTunnel.class);
    }
}
