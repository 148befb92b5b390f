package dev.sshtunnels.agent;

/** Documents that were read and found good, with the Secrets and ConfigMaps that they may refer to. */
record LoadedDocuments(Plan plan, References references) {}
