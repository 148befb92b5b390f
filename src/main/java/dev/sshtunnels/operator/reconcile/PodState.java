package dev.sshtunnels.operator.reconcile;

import dev.sshtunnels.operator.desired.AgentDeployment;
import dev.sshtunnels.operator.follow.AgentAddress;
import dev.sshtunnels.operator.status.Agent;
import dev.sshtunnels.operator.status.AgentContainer;
import dev.sshtunnels.operator.status.Silence;
import dev.sshtunnels.report.AgentReport;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the cluster says of an agent's pod.
 *
 * @param address where it answers, once it has an address and runs
 * @param container how its container fares
 * @param secrets names of the Secrets among its volumes
 */
record PodState(
        String uid,
        String name,
        Optional<AgentAddress> address,
        boolean ready,
        AgentContainer container,
        Set<String> secrets) {

    static PodState of(Pod pod) {
        String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        String uid = pod.getMetadata().getUid();
        return new PodState(
                uid,
                pod.getMetadata().getName(),
                ContainerFacts.runs(pod) && ip != null
                        ? Optional.of(new AgentAddress(uid, ip, AgentDeployment.MANAGEMENT_PORT))
                        : Optional.empty(),
                ContainerFacts.condition(pod, "Ready")
                        .map(ready -> "True".equals(ready.getStatus()))
                        .orElse(false),
                ContainerFacts.of(pod),
                secrets(pod));
    }

    Agent with(Optional<AgentReport> report, Optional<Silence> silence) {
        return new Agent(name, address.isPresent(), ready, container, secrets, report, silence);
    }

    private static Set<String> secrets(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .map(SecretVolumeSource::getSecretName)
                .collect(Collectors.toSet());
    }
}
