package dev.sshtunnels.operator.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /api/v1/pods?labelSelector=a                                    | list pods
            GET    | /api/v1/namespaces/team-a/pods/one                              | get pods in namespace team-a
            GET    | /api/v1/namespaces/team-a                                       | get namespaces
            GET    | /apis/apps/v1/deployments?allowWatchBookmarks=true&watch=true   | watch deployments (apps)
            GET    | /apis/apps/v1/deployments?watch=false                           | list deployments (apps)
            POST   | /api/v1/namespaces/team-a/services                              | create services in namespace team-a
            PUT    | /apis/coordination.k8s.io/v1/namespaces/n/leases/l              | update leases (coordination.k8s.io) in namespace n
            PATCH  | /apis/sshtunnels.dev/v1alpha1/namespaces/n/sshtunnels/db/status | patch sshtunnels/status (sshtunnels.dev) in namespace n
            DELETE | /api/v1/namespaces/n/services/db                                | delete services in namespace n
            DELETE | /api/v1/namespaces/n/services                                   | deletecollection services in namespace n
            GET    | /clusters/c-1/api/v1/namespaces/n/configmaps                    | list configmaps in namespace n
            """)
    void aRequestIsSaidInTheWordsOfRbac(String method, URI request, String words) {
        assertThat(Permission.of(method, request))
                .hasValueSatisfying(permission -> assertThat(permission).hasToString(words));
    }

    @Test
    void discoveryIsAboutNoResource() {
        assertThat(Permission.of("GET", URI.create("/version"))).isEmpty();
        assertThat(Permission.of("GET", URI.create("/apis/apps/v1"))).isEmpty();
    }
}
