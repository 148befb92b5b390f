package dev.sshtunnels.agent.files;

/** Everything beside the documents that a login is made of, wherever it comes from. */
public record References(ObjectStore secrets, ObjectStore configMaps) {}
