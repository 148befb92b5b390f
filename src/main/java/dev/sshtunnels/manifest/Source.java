package dev.sshtunnels.manifest;

/**
 * A text with documents.
 *
 * @param name as shown in messages: a file name
 */
public record Source(String name, String text) {}
