package dev.sshtunnels.operator.desired;

import dev.sshtunnels.api.Auth;
import dev.sshtunnels.api.KnownHostsSource;
import dev.sshtunnels.api.ObjectKeyRef;
import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.operator.kinds.SshServer;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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

    private final String documents;
    private final SortedSet<String> secrets = new TreeSet<>();
    private final SortedSet<String> configMaps = new TreeSet<>();

    AgentVolumes(SshServer server) {
        documents = Names.agents(server);
        collect(server.getSpec());
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
        secrets.forEach(secret -> volumes.add(new VolumeBuilder()
                .withName(volumeName("secret", secret))
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(GROUP_READABLE)
                .withOptional(true)
                .endSecret()
                .build()));
        configMaps.forEach(configMap -> volumes.add(new VolumeBuilder()
                .withName(volumeName("config-map", configMap))
                .withNewConfigMap()
                .withName(configMap)
                .withOptional(true)
                .endConfigMap()
                .build()));
        return volumes;
    }

    List<VolumeMount> mounts() {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount("documents", DOCUMENTS));
        mounts.add(
                new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
        secrets.forEach(secret -> mounts.add(mount(volumeName("secret", secret), SECRETS + "/" + secret)));
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
