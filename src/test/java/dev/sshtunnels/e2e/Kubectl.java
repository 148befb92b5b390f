package dev.sshtunnels.e2e;

import java.util.stream.Stream;

/** {@code kubectl} with the rights of an administrator, in one namespace. */
record Kubectl(String namespace) {

    /** Runs it; the exit code is the caller's to judge. */
    Script.Result run(String... arguments) {
        return script(arguments).run();
    }

    /** Runs it and returns its output; fails the test when it fails. */
    String ask(String... arguments) {
        return run(arguments).orFail();
    }

    /** Applies a manifest. */
    void apply(String manifest) {
        script("apply", "-f", "-").input(manifest).run().orFail();
    }

    /** Waits for a condition to be True, as {@code kubectl wait --for=condition=...} does. */
    void awaitCondition(String condition, String object) {
        ask("wait", "--for=condition=" + condition, object, "--timeout=60s");
    }

    Script script(String... arguments) {
        return Script.dev(
                "cluster",
                Stream.concat(Stream.of("kubectl", "--namespace", namespace), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
