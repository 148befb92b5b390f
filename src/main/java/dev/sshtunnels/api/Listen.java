package dev.sshtunnels.api;

/** Where a forward listens: {@code address} as ssh's bind_address, {@code port} 0 to 65535. */
public record Listen(String address, Integer port) {}
