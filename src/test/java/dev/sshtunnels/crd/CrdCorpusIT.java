package dev.sshtunnels.crd;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sshtunnels.testing.Cluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API server accepts and refuses the files of the corpus as a user would see it. */
@ExtendWith(Cluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrdCorpusIT {

    private KubernetesClient client;
    private Namespace namespace;

    @BeforeAll
    void makeNamespace(KubernetesClient client) {
        this.client = client;
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("crd-corpus-")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    void removeNamespace() {
        client.resource(namespace).delete();
    }

    @ParameterizedTest
    @MethodSource("dev.sshtunnels.crd.CorpusFile#valid")
    void apiServerAccepts(CorpusFile file) {
        assertThatCode(() -> create(file)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("dev.sshtunnels.crd.CorpusFile#invalid")
    void apiServerRefuses(CorpusFile file) {
        assertThatThrownBy(() -> create(file))
                .isInstanceOf(KubernetesClientException.class)
                .message()
                .contains(file.expected())
                .containsPattern(named(file.field()));
    }

    /** A field before its message, alone or first of several, or in quotes when it is unknown. */
    private static String named(String field) {
        return "[ \\[]" + Pattern.quote(field) + ": |\"" + Pattern.quote(field) + "\"";
    }

    /** As {@code kubectl create --dry-run=server} does, which also refuses unknown fields. */
    private void create(CorpusFile file) {
        GenericKubernetesResource document = Serialization.unmarshal(file.text(), GenericKubernetesResource.class);
        client.resource(document)
                .inNamespace(namespace.getMetadata().getName())
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .create();
    }
}
