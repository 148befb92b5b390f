package dev.sshtunnels.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;

/** What all end-to-end tests share; made by the first that asks, ended after the last. */
record World(OnPrem onPrem, Operator operator) implements AutoCloseable {

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(World.class);

    static World of(ExtensionContext context) {
        return context.getRoot().getStore(STORE).computeIfAbsent(World.class, _ -> make(), World.class);
    }

    private static World make() {
        Script.dev("cluster", "up").orSkip();
        OnPrem onPrem = OnPrem.up();
        String clientImage = Script.dev("client-image").orSkip().strip();
        Script.dev("cluster", "load", clientImage).run().orFail();
        return new World(onPrem, Operator.install());
    }

    @Override
    public void close() {
        operator.close();
    }
}
