package dev.sshtunnels.e2e;

import java.util.stream.Stream;

/** A pod with psql, curl and ssh: what an application in the cluster sees. */
record ClientPod(Kubectl kubectl, OnPrem onPrem) {

    private static final String MANIFEST = """
            apiVersion: v1
            kind: Pod
            metadata: {name: client}
            spec:
              terminationGracePeriodSeconds: 0
              automountServiceAccountToken: false
              securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: client
                  image: localhost/sshtunnels-client:1
                  imagePullPolicy: IfNotPresent
                  securityContext:
                    allowPrivilegeEscalation: false
                    capabilities: {drop: [ALL]}
            """;

    static ClientPod start(Kubectl kubectl, OnPrem onPrem) {
        kubectl.apply(MANIFEST);
        kubectl.awaitCondition("Ready", "pod/client");
        return new ClientPod(kubectl, onPrem);
    }

    Script.Result run(String... command) {
        return script(command).run();
    }

    /** What the on-prem PostgreSQL answers to a statement sent to this address of the cluster. */
    String psql(String host, int port, String statement) {
        return run(psqlCommand(host, port, "-c", statement)).orFail();
    }

    /** An open connection to the on-prem PostgreSQL. */
    PsqlSession openPsql(String host, int port) {
        return new PsqlSession(script(psqlCommand(host, port)).start());
    }

    String curl(String... arguments) {
        String[] command = Stream.concat(Stream.of("curl", "-sS", "--max-time", "10"), Stream.of(arguments))
                .toArray(String[]::new);
        return run(command).orFail();
    }

    /** Whether a TCP connection to this address of the cluster is accepted. */
    boolean connects(String host, int port) {
        return run("bash", "-c", "timeout 2 true < /dev/tcp/%s/%d".formatted(host, port))
                .succeeded();
    }

    /** Whether the connection is accepted and then ended by the other side, without a byte. */
    boolean connectsAndIsCutOff(String host, int port) {
        String read =
                "exec 3<> /dev/tcp/%s/%d && ! timeout 5 head -c 1 <&3 | grep -q . && echo cut".formatted(host, port);
        return run("bash", "-c", read).output().strip().equals("cut");
    }

    private Script script(String... command) {
        return kubectl.script(Stream.concat(Stream.of("exec", "-i", "client", "--"), Stream.of(command))
                .toArray(String[]::new));
    }

    private String[] psqlCommand(String host, int port, String... more) {
        Stream<String> command = Stream.of(
                "env",
                "PGPASSWORD=" + onPrem.get("DB_PASSWORD"),
                "PGCONNECT_TIMEOUT=10",
                "psql",
                "-qAt",
                "-h",
                host,
                "-p",
                Integer.toString(port),
                "-U",
                onPrem.get("DB_USER"),
                "-d",
                onPrem.get("DB_NAME"));
        return Stream.concat(command, Stream.of(more)).toArray(String[]::new);
    }
}
