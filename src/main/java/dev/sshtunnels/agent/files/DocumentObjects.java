package dev.sshtunnels.agent.files;

import java.util.Map;

/**
 * Objects that are written among the documents.
 *
 * @param otherwise where those are looked up that are not, null for nowhere
 */
public record DocumentObjects(String kind, Map<String, Map<String, byte[]>> byName, ObjectStore otherwise)
        implements ObjectStore {

    @Override
    public Lookup find(String name, String key) {
        Map<String, byte[]> object = byName.get(name);
        if (object == null) {
            return otherwise == null ? new Lookup.NoObject() : otherwise.find(name, key);
        }
        byte[] value = object.get(key);
        return value == null ? new Lookup.NoKey() : new Lookup.Found(value, "key \"" + key + "\" of " + where(name));
    }

    @Override
    public String where(String name) {
        return kind + " " + name;
    }

    /** Without the values, which may be private keys. */
    @Override
    public String toString() {
        return kind + byName.keySet();
    }
}
