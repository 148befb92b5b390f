package dev.sshtunnels.e2e;

import java.util.stream.Stream;

/** A pod with psql, curl and ssh: what an application in the cluster sees. */
record ClientPod(Kubectl kubectl, OnPrem onPrem) {

    /** Starts it, and a web server with Service {@code web} beside it, as {@code dev/demo} does. */
    static ClientPod start(Kubectl kubectl, OnPrem onPrem) {
        kubectl.ask("apply", "-f", "dev/lib/demo/pods.yaml");
        kubectl.ask("wait", "--for=condition=Ready", "pod", "--all", "--timeout=60s");
        return new ClientPod(kubectl, onPrem);
    }

    Script.Result run(String... command) {
        return script(command).run();
    }

    /** What the on-prem PostgreSQL answers to a statement sent to this address of the cluster. */
    String psql(String host, int port, String statement) {
        awaitService(host, port);
        return run(psqlCommand(host, port, "-c", statement)).orFail();
    }

    /** An open connection to the on-prem PostgreSQL. */
    PsqlSession openPsql(String host, int port) {
        awaitService(host, port);
        return new PsqlSession(script(psqlCommand(host, port)).start());
    }

    String curl(String... arguments) {
        String[] command = Stream.concat(Stream.of("curl", "-sS", "--max-time", "10"), Stream.of(arguments))
                .toArray(String[]::new);
        return run(command).orFail();
    }

    /** What a command prints on the host behind the bastion that takes ssh logins, reached at this Service. */
    String ssh(String service, String command) {
        // memory is the only place where the pod may write; the host key is known under the host's own name
        String login = "cd /dev/shm && umask 077 && cat > key && echo '%s' > known_hosts && ssh -i key"
                + " -o UserKnownHostsFile=/dev/shm/known_hosts -o HostKeyAlias=%s %s@%s %s";
        String script = login.formatted(
                onPrem.read("KNOWN_HOSTS").strip(),
                onPrem.get("INNER_HOST"),
                onPrem.get("INNER_USER"),
                service,
                command);
        return script("sh", "-c", script).input(onPrem.read("INNER_KEY")).run().orFail();
    }

    /**
     * Waits until it connects ten times in a row: a node learns of a new Service, and of a pod that has gone from an old
     * one, up to a second after Kubernetes does, and a connection to a pod that has gone waits for ever.
     */
    void awaitService(String host, int port) {
        String attempt = "n=0; until [ $n = 10 ]; do"
                + " if timeout 1 bash -c 'exec 3<> /dev/tcp/%s/%d' 2> /dev/null; then n=$((n + 1)); else n=0; fi; sleep 0.1; done";
        run("timeout", "30", "bash", "-c", attempt.formatted(host, port)).orFail();
    }

    /** Whether a TCP connection to this address is accepted. */
    boolean connects(String host, int port) {
        return run("timeout", "2", "bash", "-c", "exec 3<> /dev/tcp/%s/%d".formatted(host, port))
                .succeeded();
    }

    /** Waits until nothing accepts TCP connections there, trying it without a pause. */
    void awaitRefusal(String host, int port) {
        String attempt = "while (exec 3<> /dev/tcp/%s/%d) 2> /dev/null; do sleep 0.05; done".formatted(host, port);
        run("timeout", "30", "bash", "-c", attempt).orFail();
    }

    /** A shell that stays open. */
    ClientShell shell() {
        return new ClientShell(script("bash").start());
    }

    /** What arrives on a connection before the other side ends it. */
    String read(String host, int port) {
        awaitService(host, port);
        return run("timeout", "10", "bash", "-c", "exec 3<> /dev/tcp/%s/%d; cat <&3".formatted(host, port))
                .output();
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
