package dev.sshtunnels.operator.desired;

import dev.sshtunnels.api.Auth;
import dev.sshtunnels.api.KnownHostsSource;
import dev.sshtunnels.api.ObjectKeyRef;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The volumes of an agent's pod. Secrets and ConfigMaps of the user are optional: a missing one does not keep the pod
 * from starting, the agent reports it.
 */
final class AgentVolumes {
    static final String DOCUMENTS = "/etc/sshtunnel/documents";
    static final String SECRETS = "/etc/sshtunnel/secrets";
    static final String CONFIG_MAPS = "/etc/sshtunnel/config-maps";
    /** Readable by the pod's group (fsGroup) and nobody else: octal 0440. */
    private static final int GROUP_READABLE = 0b100_100_000;

    /** What a SOCKS proxy needs of a tunnel's Secret; the pod gets nothing else of it. */
    private static final List<KeyToPath> CREDENTIALS = Stream.of("username", "password")
            .map(key -> new KeyToPath(key, null, key))
            .toList();

    private final String documents;
    private final SortedSet<String> secrets = new TreeSet<>();
    private final SortedSet<String> configMaps = new TreeSet<>();
    private final SortedSet<String> credentials;

    /** @param tunnelSecrets Secrets with the credentials of tunnels' SOCKS proxies */
    AgentVolumes(SshServer server, Set<String> tunnelSecrets) {
        documents = Names.agents(server);
        collect(server.getSpec());
        credentials = new TreeSet<>(tunnelSecrets);
        credentials.removeAll(secrets);
    }

    /** The tunnels' Secrets among the volumes of a pod. */
    static Set<String> tunnelSecrets(PodSpec pod) {
        return pod.getVolumes().stream()
                .map(Volume::getSecret)
                .filter(secret -> secret != null && !secret.getItems().isEmpty())
                .map(SecretVolumeSource::getSecretName)
                .collect(Collectors.toSet());
    }

    List<Volume> volumes() {
        var volumes = new ArrayList<Volume>();
        volumes.add(new VolumeBuilder()
                .withName("documents")
                .withNewConfigMap()
                .withName(documents)
                .endConfigMap()
                .build());
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .build());
        secrets.forEach(secret -> volumes.add(secretVolume(secret, List.of())));
        credentials.forEach(secret -> volumes.add(secretVolume(secret, CREDENTIALS)));
        configMaps.forEach(configMap -> volumes.add(new VolumeBuilder()
                .withName(volumeName("config-map", configMap))
                .withNewConfigMap()
                .withName(configMap)
                .withOptional(true)
                .endConfigMap()
                .build()));
        return volumes;
    }

    /** @param keys those to mount, empty for all */
    private static Volume secretVolume(String secret, List<KeyToPath> keys) {
        return new VolumeBuilder()
                .withName(volumeName("secret", secret))
                .withNewSecret()
                .withSecretName(secret)
                .withItems(keys)
                .withDefaultMode(GROUP_READABLE)
                .withOptional(true)
                .endSecret()
                .build();
    }

    List<VolumeMount> mounts() {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount("documents", DOCUMENTS));
        mounts.add(
                new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
        Stream.concat(secrets.stream(), credentials.stream())
                .forEach(secret -> mounts.add(mount(volumeName("secret", secret), SECRETS + "/" + secret)));
        configMaps.forEach(
                configMap -> mounts.add(mount(volumeName("config-map", configMap), CONFIG_MAPS + "/" + configMap)));
        return mounts;
    }

    private void collect(SshServerSpec spec) {
        Auth auth = spec.auth();
        if (auth != null && auth.privateKeySecretRef() != null) {
            secrets.add(auth.privateKeySecretRef().name());
        }
        KnownHostsSource source =
                spec.hostKeys() == null ? null : spec.hostKeys().knownHostsFrom();
        if (source != null) {
            add(source.secretRef(), secrets);
            add(source.configMapRef(), configMaps);
        }
    }

    private static void add(ObjectKeyRef reference, SortedSet<String> names) {
        if (reference != null) {
            names.add(reference.name());
        }
    }

    /** Names of Secrets may be longer than those of volumes and contain dots. */
    private static String volumeName(String kind, String name) {
        return kind + "-" + Names.hash(name);
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }
}
