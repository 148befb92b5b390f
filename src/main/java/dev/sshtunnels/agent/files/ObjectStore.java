package dev.sshtunnels.agent.files;

/** Secrets or ConfigMaps by name; read anew at each call, because whoever writes them may do so at any time. */
public interface ObjectStore {

    Lookup find(String name, String key);

    /** The store as messages name it. */
    String where(String name);

    /** What was found under a name and key. */
    sealed interface Lookup {

        /** @param source where it was found, for messages */
        record Found(byte[] value, String source) implements Lookup {

            /** Without the value, which may be a private key. */
            @Override
            public String toString() {
                return "Found[" + source + "]";
            }
        }

        record NoObject() implements Lookup {}

        record NoKey() implements Lookup {}
    }
}
