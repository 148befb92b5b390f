package dev.sshtunnels.bench.rig;

import java.nio.file.Path;

/** All that a client has to know for logging in. */
record Login(String host, int port, String user, Path identity, Path knownHosts) {}
