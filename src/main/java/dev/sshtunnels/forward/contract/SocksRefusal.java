package dev.sshtunnels.forward.contract;

/** Why a SOCKS client was turned away before anything was connected. */
public enum SocksRefusal {
    /** Its first byte is no version of SOCKS, or what followed is not as its version has it. */
    NotSocks,
    /** It knows none of the methods that are asked for here (RFC 1928 3), or is a SOCKS4 client without a password. */
    NoAcceptableMethod,
    /** The user name and password that it would have to give are missing or broken on our side. */
    CredentialsUnknown,
    /** Its user name or password is wrong (RFC 1929). */
    WrongCredentials,
    /** It asked for a destination that is not on the list. */
    DestinationNotAllowed,
    /** It asked for BIND or UDP ASSOCIATE. */
    CommandNotSupported,
    /** It gave an address of a type that RFC 1928 5 does not have. */
    AddressTypeNotSupported,
    /** What it gave as a host is neither a name nor an address. */
    NoHost,
    /** It did not come to the point in time. */
    HandshakeTimeout
}
