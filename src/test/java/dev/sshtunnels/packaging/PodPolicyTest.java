package dev.sshtunnels.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator's pod fits Pod Security "restricted" (Kubernetes, Pod Security Standards) and can be watched. */
class PodPolicyTest {

    @Test
    void aPodFromTheChartFitsTheRestrictedPodSecurityStandard() throws Exception {
        assertRestricted(Chart.only(Deployment.class, Chart.render()));
    }

    @Test
    void aPodFromTheManifestFitsTheRestrictedPodSecurityStandard() throws Exception {
        assertRestricted(Chart.only(Deployment.class, Chart.objects(Files.readString(Path.of("install.yaml")))));
    }

    @Test
    void theContainerIsProbedOnItsManagementPort() throws Exception {
        Container operator = container(Chart.only(Deployment.class, Chart.render()));

        assertThat(operator.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("management");
            assertThat(port.getContainerPort()).isEqualTo(8081);
        });
        assertThat(operator.getArgs()).contains("--management=:8081");
        assertThat(List.of(operator.getLivenessProbe(), operator.getReadinessProbe(), operator.getStartupProbe()))
                .extracting(probe -> probe.getHttpGet().getPath() + " "
                        + probe.getHttpGet().getPort().getStrVal())
                .containsExactly("/livez management", "/readyz management", "/livez management");
    }

    @Test
    void memoryIsRequestedAndLimited() throws Exception {
        Container operator = container(Chart.only(Deployment.class, Chart.render()));

        assertThat(operator.getResources().getLimits()).containsKey("memory");
        assertThat(operator.getResources().getRequests()).containsKeys("cpu", "memory");
    }

    @Test
    void theImageIsThatOfTheProjectsVersionAndTheAgentsRunTheSame() throws Exception {
        Container operator = container(Chart.only(Deployment.class, Chart.render()));

        assertThat(operator.getImage())
                .isEqualTo("docker.io/sshtunnels/ssh-tunnel-operator:" + ChartTest.projectVersion());
        assertThat(operator.getEnv()).anySatisfy(variable -> {
            assertThat(variable.getName()).isEqualTo("SSHTUNNELS_IMAGE");
            assertThat(variable.getValue()).isEqualTo(operator.getImage());
        });
    }

    private static void assertRestricted(Deployment deployment) {
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
        assertThat(pod.getInitContainers()).isEmpty();
        SecurityContext context = container(deployment).getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getReadOnlyRootFilesystem()).isTrue();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd()).isEmpty();
    }

    private static Container container(Deployment deployment) {
        List<Container> containers =
                deployment.getSpec().getTemplate().getSpec().getContainers();
        assertThat(containers).hasSize(1);
        return containers.getFirst();
    }
}
