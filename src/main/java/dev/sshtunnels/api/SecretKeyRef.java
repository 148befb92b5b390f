package dev.sshtunnels.api;

/** One key of a Secret in the same namespace; {@code passphraseKey} names the key of the passphrase, if any. */
public record SecretKeyRef(String name, String key, String passphraseKey) {}
