package dev.sshtunnels.e2e;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The operator, installed as a user does it: the project's image and chart, in a namespace of its own. */
final class Operator implements AutoCloseable {

    static final String NAMESPACE = "sshtunnels-e2e-operator";
    private static final String NAME = "ssh-tunnel-operator";
    private static final String CHART = "charts/ssh-tunnel-operator";

    private final Kubectl kubectl = new Kubectl(NAMESPACE);
    private final String kubeconfig =
            Script.dev("cluster", "kubeconfig").orSkip().strip();

    private Operator() {}

    /** Builds and loads the image, and installs the chart anew. */
    static Operator install() {
        Script.dev("image").orSkip();
        Script.dev("cluster", "load", Path.of("target/image.tar").toString())
                .run()
                .orFail();
        Operator operator = new Operator();
        operator.close();
        operator.kubectl.apply(TestNamespace.manifest(NAMESPACE));
        // other tests may have installed the kinds without Helm
        operator.helm("install", NAME, CHART, "--take-ownership", "--wait", "--timeout", "120s")
                .orFail();
        return operator;
    }

    /** Ends its pods and waits until they are gone. */
    void stop() {
        scale(0);
        kubectl.ask("wait", "--for=delete", "pod", "--selector=" + selector(), "--timeout=60s");
    }

    void start() {
        scale(1);
        kubectl.ask("rollout", "status", "deployment/" + NAME, "--timeout=60s");
    }

    /** Whether its ServiceAccount may do this somewhere in the cluster. */
    boolean may(String verb, String resource) {
        String account = "system:serviceaccount:" + NAMESPACE + ":" + NAME;
        return kubectl.run("auth", "can-i", verb, resource, "--all-namespaces", "--as=" + account)
                .output()
                .strip()
                .equals("yes");
    }

    /** Resident memory of the process. Unit: MiB. */
    long residentMiB() {
        return Memory.residentMiB(kubectl, "deployment/" + NAME);
    }

    String log() {
        return kubectl.run("logs", "deployment/" + NAME, "--tail=-1").output();
    }

    /** Leaves the kinds and everything of users in place. */
    @Override
    public void close() {
        helm("uninstall", NAME, "--ignore-not-found", "--wait").orFail();
    }

    private void scale(int replicas) {
        kubectl.ask("scale", "deployment/" + NAME, "--replicas=" + replicas);
    }

    private static String selector() {
        return "app.kubernetes.io/name=" + NAME + ",app.kubernetes.io/component=operator";
    }

    private Script.Result helm(String... arguments) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--namespace", NAMESPACE))
                .toArray(String[]::new);
        return Script.dev("helm", all).with("KUBECONFIG", kubeconfig).run();
    }
}
