package dev.sshtunnels.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Exactly what the operator may do; whoever adds a permission has to add it here, where it is seen. */
class OperatorPermissionsTest {

    private static final Set<String> SERVED_NAMESPACES = Set.of(
            "sshtunnels.dev/sshservers: create delete get list patch watch",
            "sshtunnels.dev/sshtunnels: get list watch",
            "sshtunnels.dev/sshservers/status: patch",
            "sshtunnels.dev/sshtunnels/status: patch",
            "apps/deployments: create delete get list patch watch",
            "/configmaps: create delete get list patch watch",
            "/services: create delete get list patch watch",
            "/pods: get list patch watch",
            "discovery.k8s.io/endpointslices: get list watch",
            "events.k8s.io/events: create");

    private static final Set<String> OWN_NAMESPACE = Set.of("coordination.k8s.io/leases: create get patch update");

    @Test
    void servingAllNamespacesTakesOneClusterRoleAndTheLeaseInTheOwnNamespace() throws Exception {
        List<HasMetadata> objects = Chart.render();

        ClusterRole clusterRole = Chart.only(ClusterRole.class, objects);
        assertThat(permissions(clusterRole.getRules())).isEqualTo(SERVED_NAMESPACES);
        assertThat(Chart.only(ClusterRoleBinding.class, objects).getRoleRef().getName())
                .isEqualTo(clusterRole.getMetadata().getName());
        Role role = Chart.only(Role.class, objects);
        assertThat(permissions(role.getRules())).isEqualTo(OWN_NAMESPACE);
        assertThat(role.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE);
    }

    @Test
    void servingNamedNamespacesTakesARoleInEachAndNothingForTheWholeCluster() throws Exception {
        List<HasMetadata> objects = Chart.render("--set", "watchNamespaces={shop,billing,shop}");

        assertThat(Chart.ofType(ClusterRole.class, objects)).isEmpty();
        assertThat(Chart.ofType(ClusterRoleBinding.class, objects)).isEmpty();
        assertThat(rolesWith(SERVED_NAMESPACES, objects)).containsExactlyInAnyOrder("shop", "billing");
        assertThat(rolesWith(OWN_NAMESPACE, objects)).containsExactly(Chart.NAMESPACE);
        assertThat(Chart.ofType(RoleBinding.class, objects))
                .extracting(binding -> binding.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("shop", "billing", Chart.NAMESPACE);
    }

    @Test
    void everyBindingNamesTheServiceAccountOfTheOperator() throws Exception {
        List<HasMetadata> objects = Chart.render("--set", "serviceAccount.name=tunneller");

        assertThat(Chart.ofType(RoleBinding.class, objects))
                .allSatisfy(binding -> assertThat(binding.getSubjects())
                        .singleElement()
                        .hasFieldOrPropertyWithValue("name", "tunneller")
                        .hasFieldOrPropertyWithValue("namespace", Chart.NAMESPACE));
        assertThat(Chart.only(ClusterRoleBinding.class, objects).getSubjects())
                .singleElement()
                .hasFieldOrPropertyWithValue("name", "tunneller")
                .hasFieldOrPropertyWithValue("namespace", Chart.NAMESPACE);
    }

    @Test
    void noRoleOfAnyKindTouchesSecretsOrUsesAWildcard() throws Exception {
        List<HasMetadata> objects = Chart.render("--set", "rbac.aggregateToDefaultRoles=true");

        assertThat(allRules(objects)).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getResources()).doesNotContain("secrets", "*");
            assertThat(rule.getVerbs()).doesNotContain("*", "deletecollection", "escalate", "bind", "impersonate");
            assertThat(rule.getApiGroups()).doesNotContain("*");
        });
    }

    @Test
    void usersGetTheKindsThroughViewAndEditOnlyWhenAskedFor() throws Exception {
        List<ClusterRole> roles =
                Chart.ofType(ClusterRole.class, Chart.render("--set", "rbac.aggregateToDefaultRoles=true"));

        assertThat(aggregatedTo("view", roles))
                .containsExactlyInAnyOrder(
                        "sshtunnels.dev/sshservers: get list watch", "sshtunnels.dev/sshtunnels: get list watch");
        assertThat(aggregatedTo("edit", roles))
                .containsExactlyInAnyOrder(
                        "sshtunnels.dev/sshservers: create delete get list patch update watch",
                        "sshtunnels.dev/sshtunnels: create delete get list patch update watch")
                .isEqualTo(aggregatedTo("admin", roles));
    }

    private static Set<String> aggregatedTo(String role, List<ClusterRole> roles) {
        return permissions(roles.stream()
                .filter(each ->
                        each.getMetadata().getLabels().containsKey("rbac.authorization.k8s.io/aggregate-to-" + role))
                .flatMap(each -> each.getRules().stream())
                .toList());
    }

    private static List<String> rolesWith(Set<String> permissions, List<HasMetadata> objects) {
        return Chart.ofType(Role.class, objects).stream()
                .filter(role -> permissions(role.getRules()).equals(permissions))
                .map(role -> role.getMetadata().getNamespace())
                .toList();
    }

    private static List<PolicyRule> allRules(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(each -> switch (each) {
                    case Role role -> role.getRules().stream();
                    case ClusterRole role -> role.getRules().stream();
                    default -> Stream.empty();
                })
                .toList();
    }

    /** {@code group/resource: verbs in order}, one for each resource. */
    private static Set<String> permissions(List<PolicyRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream().map(resource -> group + "/" + resource)))
                .distinct()
                .map(resource -> resource + ": " + String.join(" ", verbs(resource, rules)))
                .collect(Collectors.toSet());
    }

    private static Set<String> verbs(String resource, List<PolicyRule> rules) {
        return rules.stream()
                .filter(rule -> rule.getApiGroups().stream()
                        .anyMatch(group ->
                                rule.getResources().stream().anyMatch(each -> (group + "/" + each).equals(resource))))
                .flatMap(rule -> rule.getVerbs().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
