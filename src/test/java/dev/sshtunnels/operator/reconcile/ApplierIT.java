package dev.sshtunnels.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sshtunnels.testing.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the cache still has may be another object by now. */
@ExtendWith(Cluster.class)
class ApplierIT {

    private KubernetesClient cluster;
    private Namespace namespace;
    private Applier applier;

    @BeforeEach
    void create(KubernetesClient cluster) {
        this.cluster = cluster;
        namespace = cluster.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("applier-")
                        .endMetadata()
                        .build())
                .create();
        applier = new Applier(cluster, "test");
    }

    @AfterEach
    void delete() {
        cluster.resource(namespace).delete();
    }

    @Test
    void deletesWhatTheCacheHas() {
        ConfigMap object = make();

        applier.delete(object);

        assertThat(cluster.resource(object).get()).isNull();
    }

    @Test
    void leavesASuccessorOfTheSameNameAlone() {
        ConfigMap former = make();
        cluster.resource(former).delete();
        ConfigMap successor = make();

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> applier.delete(former))
                .returns(HttpURLConnection.HTTP_CONFLICT, KubernetesClientException::getCode);

        assertThat(cluster.resource(successor).get().getMetadata().getUid())
                .isEqualTo(successor.getMetadata().getUid());
    }

    private ConfigMap make() {
        return cluster.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("child")
                        .withNamespace(namespace.getMetadata().getName())
                        .endMetadata()
                        .build())
                .create();
    }
}
