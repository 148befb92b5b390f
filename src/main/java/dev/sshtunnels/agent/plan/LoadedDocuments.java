package dev.sshtunnels.agent.plan;

import dev.sshtunnels.agent.files.References;

/** Documents that were read and found good, with the Secrets and ConfigMaps that they may refer to. */
public record LoadedDocuments(Plan plan, References references) {}
