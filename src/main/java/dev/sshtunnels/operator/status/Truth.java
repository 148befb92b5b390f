package dev.sshtunnels.operator.status;

/** Status of a condition, spelled as the API does. */
enum Truth {
    True,
    False,
    Unknown
}
