package dev.sshtunnels.manifest;

/**
 * One object.
 *
 * @param name {@code metadata.name}
 * @param namespace {@code metadata.namespace}, null when absent
 * @param uid {@code metadata.uid}, null when absent
 * @param generation {@code metadata.generation}, 0 when absent
 * @param file where it was read
 * @param line of its first key
 */
public record Document<S>(String name, String namespace, String uid, long generation, S spec, String file, int line) {}
