package dev.sshtunnels.operator.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class KindsSerializationTest {
    private final KubernetesSerialization serialization = KindsSerialization.create();

    @Test
    void whatAUserLeftOutIsNotWritten() {
        String json = """
                {"apiVersion":"sshtunnels.dev/v1alpha1","kind":"SshTunnel","metadata":{"name":"t"},\
                "spec":{"mode":"L","listen":{"address":""},"target":{"host":"db","port":5432},\
                "serverRef":{"name":"bastion"}}}""";

        SshTunnel read = serialization.unmarshal(json, SshTunnel.class);

        assertThat(serialization.asJson(read)).isEqualTo(json);
    }

    @Test
    void aPortOfAServiceMayBeANumberOrAName() {
        String spec =
                "--- {kind: SshTunnel, apiVersion: sshtunnels.dev/v1alpha1, spec: {target: {serviceRef: {port: %s}}}}";

        assertThat(port(spec.formatted("80"))).isEqualTo("80");
        assertThat(port(spec.formatted("http"))).isEqualTo("http");
    }

    @Test
    void propertiesOfALaterVersionOfTheKindsDoNotStopTheOperator() {
        SshServer server = serialization.unmarshal(
                "--- {kind: SshServer, apiVersion: sshtunnels.dev/v1alpha1, spec: {user: tunnel, later: 1}}",
                SshServer.class);

        assertThat(server.getSpec().user()).isEqualTo("tunnel");
    }

    @Test
    void aListThatTheApiServerWritesAsNullIsEmpty() {
        EndpointSlice slice = serialization.unmarshal(
                "--- {kind: EndpointSlice, apiVersion: discovery.k8s.io/v1, endpoints: null, ports: null}",
                EndpointSlice.class);

        assertThat(slice.getEndpoints()).isEmpty();
        assertThat(slice.getPorts()).isEmpty();
    }

    private String port(String tunnel) {
        return serialization
                .unmarshal(tunnel, SshTunnel.class)
                .getSpec()
                .target()
                .serviceRef()
                .port();
    }
}
