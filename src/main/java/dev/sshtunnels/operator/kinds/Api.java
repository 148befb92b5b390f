package dev.sshtunnels.operator.kinds;

/** Group and version of the kinds. */
public final class Api {
    public static final String GROUP = "sshtunnels.dev";
    public static final String VERSION = "v1alpha1";

    private Api() {}
}
