package dev.sshtunnels.manifest;

import java.util.function.Predicate;

/**
 * A rule of a schema ({@code x-kubernetes-validations}).
 *
 * @param holds the Java twin of the rule's CEL expression
 * @param message what to write instead
 * @param field the field to name, relative to the object that has the rule: {@code .target}, or empty for itself
 */
record Rule(Predicate<Value> holds, String message, String field) {}
