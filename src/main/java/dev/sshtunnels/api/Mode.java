package dev.sshtunnels.api;

/** Direction of a forward, named as the option of {@code ssh}: {@code -L}, {@code -R}, {@code -D}. */
public enum Mode {
    L,
    R,
    D
}
