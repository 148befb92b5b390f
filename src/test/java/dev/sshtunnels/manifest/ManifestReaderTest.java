package dev.sshtunnels.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.Forwards;
import dev.sshtunnels.tunnel.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {

    private static final String TUNNEL = """
            apiVersion: sshtunnels.dev/v1alpha1
            kind: SshTunnel
            metadata: {name: orders-db, namespace: shop, generation: 7}
            spec:
              mode: L
              target: {host: db.corp.internal, port: 5432}
              serverRef: {name: bastion}
            """;

    @Test
    void tunnelIsReadWithItsGeneration() throws Exception {
        var tunnel = read(TUNNEL).tunnels().getFirst();
        assertThat(tunnel.name()).isEqualTo("orders-db");
        assertThat(tunnel.namespace()).isEqualTo("shop");
        assertThat(tunnel.generation()).isEqualTo(7);
        assertThat(tunnel.uid()).isNull();
        assertThat(Forwards.of(tunnel.spec()))
                .containsExactly(new Forward.Local(
                        "tunnel", new HostPort("localhost", 5432), new HostPort("db.corp.internal", 5432)));
    }

    @Test
    void jsonIsYaml() throws Exception {
        String json = """
                {"apiVersion": "sshtunnels.dev/v1alpha1", "kind": "SshTunnel", "metadata": {"name": "t"},
                 "spec": {"mode": "D", "gateway": true, "serverRef": {"name": "bastion"}}}""";
        assertThat(Forwards.of(read(json).tunnels().getFirst().spec()))
                .containsExactly(new Forward.Dynamic("socks", new HostPort("*", 1080)));
    }

    @Test
    void severalDocumentsMayShareAFile() throws Exception {
        Manifest manifest = read(TUNNEL + "---\n" + """
                apiVersion: v1
                kind: Secret
                metadata: {name: key}
                data: {a: aGVsbG8=}
                stringData: {b: plain}
                """);
        assertThat(manifest.tunnels()).hasSize(1);
        assertThat(manifest.secrets().get("key").get("a")).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(manifest.secrets().get("key").get("b")).isEqualTo("plain".getBytes(StandardCharsets.UTF_8));
        assertThat(manifest.toString()).doesNotContain("plain");
    }

    @Test
    void unknownFieldIsNamedWithLineAndRemedy() {
        assertThat(problems(TUNNEL.replace("port: 5432", "prot: 5432")))
                .first()
                .asString()
                .isEqualTo("tunnel.yaml:6: spec.target.prot: unknown field; did you mean port?");
    }

    @Test
    void wrongTypesAreNamed() {
        assertThat(problems(TUNNEL.replace("port: 5432", "port: \"5432\"")))
                .extracting(Problem::message)
                .containsExactly("must be of type integer; write it without quotes");
        assertThat(problems(TUNNEL.replace("host: db.corp.internal", "host: 5432")))
                .extracting(Problem::message)
                .containsExactly("must be of type string; put quotes around it");
        assertThat(problems(TUNNEL.replace("mode: L", "mode: X")))
                .extracting(Problem::message)
                .containsExactly("Unsupported value: \"X\": supported values: \"L\", \"R\", \"D\"");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(problems(TUNNEL.replace("host:", "hots:").replace("mode: L", "moed: L")))
                .extracting(Problem::field)
                .containsExactlyInAnyOrder("spec.target.hots", "spec.moed");
    }

    @Test
    void fieldSetTwiceIsAMistake() {
        assertThat(problems(TUNNEL.replace("mode: L", "mode: L\n  mode: D")))
                .extracting(Problem::field)
                .containsExactly("spec.mode");
    }

    @Test
    void rulesPointAtTheField() {
        assertThat(problems(TUNNEL.replace("port: 5432", "port: 70000")))
                .first()
                .asString()
                .isEqualTo("tunnel.yaml:6: spec.target.port: 70000 should be less than or equal to 65535");
    }

    @Test
    void unsupportedFieldsAreRefusedByName() {
        assertThat(problems(TUNNEL + "  expireAt: \"2030-01-01T00:00:00Z\"\n"))
                .extracting(Problem::field)
                .containsExactly("spec.expireAt");
    }

    @Test
    void destinationThatTheSchemaLetsThroughAndNobodyUnderstandsIsRefused() {
        String proxy = TUNNEL.replace("mode: L", "mode: D").replaceAll("  target: .*\n", "") + """
                  access:
                    socks:
                      allow: ["db.corp:5432", "10.0.0.0/40:80", "db:99999"]
                """;
        assertThat(problems(proxy))
                .extracting(Problem::field)
                .containsExactly("spec.access.socks.allow[1]", "spec.access.socks.allow[2]");
        assertThat(problems(proxy)).extracting(Problem::line).containsOnly(9);
    }

    @Test
    void remoteProxyForOthersThanTheServersOwnUsersNeedsRules() throws Exception {
        String proxy = TUNNEL.replace("mode: L", "mode: R").replaceAll("target: .*\n", "target: {socks: {}}\n");
        String own = proxy + "  listen: {port: 1080}\n";
        String everybody = own + "  gateway: true\n";
        String allAddresses = proxy + "  listen: {port: 1080, address: 10.0.0.1}\n";
        String rules = "  access: {socks: {allow: [\"*\"]}}\n";

        assertThat(problems(everybody)).extracting(Problem::field).containsExactly("spec.access.socks");
        assertThat(problems(allAddresses)).extracting(Problem::field).containsExactly("spec.access.socks");
        for (String guarded : List.of(own, everybody + rules, allAddresses + rules)) {
            assertThat(read(guarded).tunnels()).hasSize(1);
        }
    }

    @Test
    void brokenYamlIsToldWithItsLine() {
        assertThat(problems("kind: SshTunnel\nspec: [unclosed\n")).first().satisfies(problem -> {
            assertThat(problem.line()).isBetween(2, 3);
            assertThat(problem.message()).startsWith("is not valid YAML");
        });
    }

    @Test
    void defaultsOfTheKindsAreFilledIn() throws Exception {
        var server = read("""
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshServer
                metadata: {name: bastion}
                spec:
                  endpoints: [{host: bastion.corp}]
                  user: tunnel
                  auth: {privateKeySecretRef: {name: key}}
                  hostKeys: {knownHostsFrom: {configMapRef: {name: known-hosts}}}
                """).servers().getFirst().spec();
        assertThat(server.endpoints().getFirst().port()).isEqualTo(22);
        assertThat(server.auth().privateKeySecretRef().key()).isEqualTo("ssh-privatekey");
        assertThat(server.hostKeys().knownHostsFrom().configMapRef().key()).isEqualTo("known_hosts");
        assertThat(server.keepAlive().interval()).isEqualTo("4s");
        assertThat(server.agent().replicas()).isEqualTo(1);
    }

    @Test
    void misspeltMetadataIsNamed() {
        assertThat(problems(TUNNEL.replace("namespace:", "namspace:")))
                .first()
                .asString()
                .isEqualTo("tunnel.yaml:3: metadata.namspace: unknown field; did you mean namespace?");
    }

    @Test
    void sameDocumentTwiceIsAMistakeAndNamesBothPlaces() {
        assertThat(problems(TUNNEL + "---\n" + TUNNEL))
                .extracting(Problem::message)
                .containsExactly("\"orders-db\" is defined already in tunnel.yaml:1; rename or remove one of them");
    }

    @Test
    void jsonMayBeIndentedWithTabs() throws Exception {
        String json = """
                {
                \t"apiVersion": "sshtunnels.dev/v1alpha1", "kind": "SshTunnel", "metadata": {"name": "t"},
                \t"spec": {"mode": "D", "serverRef": {"name": "bastion"}}
                }""";
        assertThat(read(json).tunnels()).hasSize(1);
    }

    @Test
    void valuesOfSecretsAreNotInMessages() {
        assertThat(problems("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: hush-hush!}\n"))
                .singleElement()
                .asString()
                .isEqualTo("tunnel.yaml:4: data.a: is not base64; text as it is goes under stringData");
    }

    @Test
    void printedObjectsCanBeReadAgain() throws Exception {
        String printed =
                TUNNEL.replace("generation: 7", "generation: 7, uid: u, creationTimestamp: 2026-01-01T00:00:00Z")
                        + "status: {observedGeneration: 7, conditions: []}\n";
        var tunnel = read(printed).tunnels().getFirst();
        assertThat(tunnel.generation()).isEqualTo(7);
        assertThat(tunnel.uid()).isEqualTo("u");
    }

    @Test
    void otherKindsAreRefused() {
        assertThat(problems("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"))
                .extracting(Problem::message)
                .containsExactly("\"Pod\" is not known; it must be SshServer, SshTunnel, Secret or ConfigMap");
    }

    @Test
    void bombsOfAliasesDoNotGoOff() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(problems(bomb.toString())).isNotEmpty();
    }

    private static Manifest read(String text) throws ManifestException {
        return ManifestReader.read(List.of(new Source("tunnel.yaml", text)));
    }

    private static List<Problem> problems(String text) {
        ManifestException e = catchThrowableOfType(ManifestException.class, () -> read(text));
        assertThat(e).as("mistakes in\n%s", text).isNotNull();
        return e.problems();
    }
}
