package dev.sshtunnels.api;

/** The Service and port that one forward of several is published as. */
public record ForwardService(String name, Integer port) {}
