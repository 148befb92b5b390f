package dev.sshtunnels.operator;

import dev.sshtunnels.faults.inject.HttpFaultProxy;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * An operator as it is installed: a process with an account of its own, which may do what {@code install.yaml} grants,
 * in one namespace. It reaches the API server through a proxy that can be told to misbehave.
 */
final class Installation implements AutoCloseable {

    private static final String ACCOUNT = "operator";

    private final KubernetesClient cluster;
    private final Workspace workspace;
    private final HttpFaultProxy api;
    private final Path directory;
    private final String token;
    private final List<OperatorOfTheDistribution> started = new ArrayList<>();

    private Installation(KubernetesClient cluster, String purpose, Path directory) throws Exception {
        this.cluster = cluster;
        this.directory = directory;
        Config config = cluster.getConfiguration();
        workspace = Workspace.create(cluster, purpose);
        api = new HttpFaultProxy(URI.create(config.getMasterUrl()), trusting(config.getCaCertData()));
        token = account();
    }

    static Installation create(KubernetesClient cluster, String purpose, Path directory) throws Exception {
        return new Installation(cluster, purpose, directory);
    }

    private String account() throws IOException {
        ServiceAccount account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(ACCOUNT)
                .endMetadata()
                .build();
        cluster.resource(account).inNamespace(workspace.namespace()).create();
        permit(granted());
        cluster.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", ACCOUNT)
                        .addNewSubject("", "ServiceAccount", ACCOUNT, workspace.namespace())
                        .build())
                .inNamespace(workspace.namespace())
                .create();
        return cluster.serviceAccounts()
                .inNamespace(workspace.namespace())
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
    }

    /** What the operator is granted when it is installed, the lease included. */
    List<PolicyRule> granted() throws IOException {
        try (InputStream manifest = Files.newInputStream(Path.of("install.yaml"))) {
            return cluster.load(manifest).items().stream()
                    .flatMap(object -> switch (object) {
                        case ClusterRole role -> role.getRules().stream();
                        case Role role -> role.getRules().stream();
                        default -> Stream.empty();
                    })
                    .toList();
        }
    }

    /** From now on the operator may do this, and nothing else. */
    void permit(List<PolicyRule> rules) {
        cluster.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .inNamespace(workspace.namespace())
                .createOr(role -> role.update());
    }

    /** Starts an operator; it ends with this. */
    OperatorOfTheDistribution start(String... options) throws IOException {
        String kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(api.address(), token);
        OperatorOfTheDistribution operator =
                OperatorOfTheDistribution.start(workspace.namespace(), kubeconfig, directory, options);
        started.add(operator);
        return operator;
    }

    /** What an administrator sees, past the proxy. */
    Workspace workspace() {
        return workspace;
    }

    /** The way of the operator to the API server. */
    HttpFaultProxy api() {
        return api;
    }

    private static SSLSocketFactory trusting(String authorities) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        byte[] pem = Base64.getDecoder().decode(authorities);
        for (Certificate each :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            trusted.setCertificateEntry("authority-" + trusted.size(), each);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    @Override
    public void close() throws IOException {
        started.forEach(OperatorOfTheDistribution::close);
        api.close();
        workspace.close();
    }
}
