package dev.sshtunnels.e2e;

import java.util.stream.Stream;

/** The operator, installed as a user does it: with the project's image and chart. */
final class Operator implements AutoCloseable {

    /** The one that {@code dev/demo} uses: a cluster has one operator. */
    private static final String NAMESPACE = "sshtunnels-system";

    private static final String NAME = "ssh-tunnel-operator";
    private static final String DEPLOYMENT = "deployment/" + NAME;

    private final Kubectl kubectl = new Kubectl(NAMESPACE);
    private final String kubeconfig = Script.dev("cluster", "kubeconfig").run().orFail();
    private final boolean wasThere;

    private Operator() {
        wasThere = helm("status", NAME).succeeded();
    }

    /** Builds and loads the image, and installs the chart. */
    static Operator install() {
        Script.dev("image").orSkip();
        Script.dev("cluster", "load", "target/image.tar").run().orFail();
        Operator operator = new Operator();
        operator.kubectl.apply(TestNamespace.manifest(NAMESPACE));
        // other tests may have installed the kinds without Helm, hence --take-ownership
        operator.helm("upgrade", "--install", NAME, "charts/ssh-tunnel-operator", "--take-ownership")
                .orFail();
        if (operator.wasThere) {
            operator.kubectl.ask("rollout", "restart", DEPLOYMENT);
        }
        operator.awaitRollout();
        return operator;
    }

    /** Ends its pods and waits until they are gone. */
    void stop() {
        scale(0);
        String selector = "app.kubernetes.io/name=" + NAME + ",app.kubernetes.io/component=operator";
        kubectl.ask("wait", "--for=delete", "pod", "--selector=" + selector, "--timeout=60s");
    }

    void start() {
        scale(1);
        awaitRollout();
    }

    /** Whether its ServiceAccount may do this somewhere in the cluster. */
    boolean may(String verb, String resource) {
        String account = "--as=system:serviceaccount:" + NAMESPACE + ":" + NAME;
        return kubectl.run("auth", "can-i", verb, resource, "--all-namespaces", account)
                .output()
                .strip()
                .equals("yes");
    }

    /** Resident memory of the process. Unit: MiB. */
    long residentMiB() {
        return Memory.residentMiB(kubectl, DEPLOYMENT);
    }

    String log() {
        return kubectl.run("logs", DEPLOYMENT).output();
    }

    /** Removes it unless it was there before the tests; the kinds and everything of users stay. */
    @Override
    public void close() {
        if (!wasThere) {
            helm("uninstall", NAME, "--wait").orFail();
        }
    }

    private void scale(int replicas) {
        kubectl.ask("scale", DEPLOYMENT, "--replicas=" + replicas);
    }

    private void awaitRollout() {
        kubectl.ask("rollout", "status", DEPLOYMENT, "--timeout=120s");
    }

    private Script.Result helm(String... arguments) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--namespace", NAMESPACE))
                .toArray(String[]::new);
        return Script.dev("helm", all).with("KUBECONFIG", kubeconfig).run();
    }
}
