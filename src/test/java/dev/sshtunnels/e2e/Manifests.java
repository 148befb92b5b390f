package dev.sshtunnels.e2e;

/** The manifests that most tests begin with. */
final class Manifests {

    private Manifests() {}

    /** A server as a user writes it, with one line of known_hosts. */
    record Server(String name, String host, int port, String user, String secret, String knownHosts) {

        /** The on-prem bastion, with the Secret that every {@link TestNamespace} has. */
        static Server bastion(String name, OnPrem onPrem) {
            int port = Integer.parseInt(onPrem.get("BASTION_PORT"));
            String knownHosts = onPrem.bastion() + " " + onPrem.get("BASTION_HOST_KEY");
            return new Server(name, onPrem.bastion(), port, onPrem.get("BASTION_USER"), "bastion-key", knownHosts);
        }

        /** A further sshd on the bastion. */
        static Server of(String name, OnPrem onPrem, BastionSshd sshd) {
            return new Server(
                    name, onPrem.bastion(), sshd.port(), onPrem.get("BASTION_USER"), "bastion-key", sshd.knownHosts());
        }

        Server withUser(String other) {
            return new Server(name, host, port, other, secret, knownHosts);
        }

        Server withSecret(String other) {
            return new Server(name, host, port, user, other, knownHosts);
        }

        Server withKnownHosts(String line) {
            return new Server(name, host, port, user, secret, line);
        }

        String yaml() {
            return yaml("");
        }

        /** @param passphraseKey key of the Secret with the passphrase, empty for none */
        String yaml(String passphraseKey) {
            String passphrase = passphraseKey.isEmpty() ? "" : ", passphraseKey: " + passphraseKey;
            return """
                    apiVersion: sshtunnels.dev/v1alpha1
                    kind: SshServer
                    metadata: {name: %s}
                    spec:
                      endpoints: [{host: %s, port: %d}]
                      user: %s
                      auth: {privateKeySecretRef: {name: %s%s}}
                      hostKeys: {knownHosts: ["%s"]}
                    """.formatted(name, host, port, user, secret, passphrase, knownHosts);
        }
    }

    /** A tunnel; {@code spec} is everything but serverRef, as lines of YAML. */
    static String tunnel(String name, String server, String spec) {
        return """
                ---
                apiVersion: sshtunnels.dev/v1alpha1
                kind: SshTunnel
                metadata: {name: %s}
                spec:
                  serverRef: {name: %s}
                %s""".formatted(name, server, spec.indent(2));
    }

    /** {@code ssh -L 5432:db:5432}: the on-prem PostgreSQL as Service {@code name}. */
    static String database(String name, String server) {
        return tunnel(name, server, """
                mode: L
                target: {host: db.onprem.example, port: 5432}
                """);
    }

    /** A port of the bastion that leads to the web server of the cluster. */
    static String web(String name, String server, int port) {
        return tunnel(name, server, """
                mode: R
                gateway: true
                listen: {port: %d}
                target: {serviceRef: {name: web, port: http}}
                """.formatted(port));
    }

    /** {@code ssh -R '*:port:host:22'}: a port of the bastion that leads to where the test does not look. */
    static String published(String name, String server, int port) {
        return tunnel(name, server, """
                mode: R
                gateway: true
                listen: {port: %d}
                target: {host: kubernetes.default.svc, port: 443}
                """.formatted(port));
    }
}
