package dev.sshtunnels.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.testing.DevScript;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** What the values of the chart do, and that a wrong one is refused. */
class ChartTest {

    @Test
    void helmFindsNothingToComplainAbout() throws Exception {
        DevScript.run("helm", List.of("lint", "--strict", "--kube-version", "1.36.0", Chart.DIRECTORY.toString()))
                .outputOfSuccess();
    }

    @Test
    void chartAndApplicationHaveTheVersionOfTheProject() throws Exception {
        Map<String, Object> chart = new Yaml().load(Files.readString(Chart.DIRECTORY.resolve("Chart.yaml")));

        assertThat(chart).containsEntry("version", projectVersion()).containsEntry("appVersion", projectVersion());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "replicsa=2            | additional properties 'replicsa' not allowed",
                "log.levle=info        | additional properties 'levle' not allowed",
                "log.level=loud        | at '/log/level'",
                "replicas=many         | at '/replicas'",
                "image.tag=latest      | at '/image/tag'",
                "image.digest=abc      | at '/image/digest'",
                "watchNamespaces={A_b} | at '/watchNamespaces/0'",
                "resources.limit.cpu=1 | additional properties 'limit' not allowed",
            })
    void aWrongValueIsRefusedByName(String setting, String complaint) throws Exception {
        DevScript.Result result = Chart.template("--set", setting);

        assertThat(result.status()).isNotZero();
        assertThat(result.errors()).contains(complaint);
    }

    @Test
    void severalOperatorsWithoutAnElectionAreRefusedWithTheRemedy() throws Exception {
        DevScript.Result result = Chart.template("--set", "replicas=2,leaderElection.enabled=false");

        assertThat(result.status()).isNotZero();
        assertThat(result.errors()).contains("more than one operator needs leaderElection.enabled=true");
    }

    @Test
    void aDigestWinsOverTheTag() throws Exception {
        String digest = "sha256:" + "0123456789abcdef".repeat(4);

        Deployment deployment =
                Chart.only(Deployment.class, Chart.render("--set", "image.tag=1.2.3,image.digest=" + digest));

        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo("docker.io/sshtunnels/ssh-tunnel-operator@" + digest);
    }

    @Test
    void aDisruptionBudgetComesOnlyWithASecondOperator() throws Exception {
        assertThat(Chart.ofType(PodDisruptionBudget.class, Chart.render())).isEmpty();

        List<HasMetadata> two = Chart.render("--set", "replicas=2");
        assertThat(Chart.only(PodDisruptionBudget.class, two).getSpec().getSelector())
                .isEqualTo(Chart.only(Deployment.class, two).getSpec().getSelector());
    }

    @Test
    void podMonitorsAreMadeOnlyWhereTheClusterKnowsTheKind() throws Exception {
        DevScript.Result without = Chart.template("--set", "metrics.podMonitor.enabled=true");
        assertThat(without.status()).isNotZero();
        assertThat(without.errors()).contains("install the Prometheus Operator first");

        assertThat(podMonitors())
                .hasSize(2)
                .allSatisfy(monitor -> assertThat(monitor.getKind()).isEqualTo("PodMonitor"));
    }

    @Test
    void agentsAreScrapedInTheNamespacesThatTheOperatorServes() throws Exception {
        assertThat(ofAgents(podMonitors()).<Object>get("spec", "namespaceSelector"))
                .isEqualTo(Map.of("any", true));
        assertThat(ofAgents(podMonitors("--set", "watchNamespaces={shop,billing}"))
                        .<Object>get("spec", "namespaceSelector"))
                .isEqualTo(Map.of("matchNames", List.of("shop", "billing")));
    }

    private static GenericKubernetesResource ofAgents(List<GenericKubernetesResource> monitors) {
        return monitors.stream()
                .filter(monitor -> Map.of("app.kubernetes.io/name", "ssh-tunnel-agent")
                        .equals(monitor.get("spec", "selector", "matchLabels")))
                .findFirst()
                .orElseThrow();
    }

    private static List<GenericKubernetesResource> podMonitors(String... options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--set", "metrics.podMonitor.enabled=true", "--api-versions", "monitoring.coreos.com/v1/PodMonitor"));
        return Chart.ofType(GenericKubernetesResource.class, Chart.render(all.toArray(String[]::new)));
    }

    @Test
    void theDefinitionsOutliveTheReleaseUnlessToldOtherwise() throws Exception {
        assertThat(definitions())
                .hasSize(2)
                .allSatisfy(definition -> assertThat(definition.getMetadata().getAnnotations())
                        .containsEntry("helm.sh/resource-policy", "keep"));
        assertThat(definitions("--set", "crds.keep=false"))
                .hasSize(2)
                .allSatisfy(definition -> assertThat(definition.getMetadata().getAnnotations())
                        .doesNotContainKey("helm.sh/resource-policy"));
        assertThat(definitions("--set", "crds.install=false")).isEmpty();
    }

    private static List<CustomResourceDefinition> definitions(String... options)
            throws IOException, InterruptedException {
        return Chart.ofType(CustomResourceDefinition.class, Chart.render(options));
    }

    static String projectVersion() throws IOException {
        Matcher version =
                Pattern.compile("(?m)^  <version>(.*)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
