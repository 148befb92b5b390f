package dev.sshtunnels.agent;

/** Everything beside the documents that a login is made of, wherever it comes from. */
record References(ObjectStore secrets, ObjectStore configMaps) {}
