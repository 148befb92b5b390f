package dev.sshtunnels.tunnel;

/** Hosts that SOCKS clients may ask for. A pattern of names never matches an address, nor one of addresses a name. */
public sealed interface HostPattern {

    boolean matches(RequestedHost host);

    /** {@code *}: every host. */
    record Any() implements HostPattern {
        @Override
        public boolean matches(RequestedHost host) {
            return true;
        }
    }

    /** One name, in lower case. */
    record Name(String name) implements HostPattern {
        @Override
        public boolean matches(RequestedHost host) {
            return host instanceof RequestedHost.Name asked
                    && asked.normalized().equals(name);
        }
    }

    /** {@code *.suffix}: every name below a domain, at any depth, but not the domain itself; in lower case. */
    record Below(String domain) implements HostPattern {
        @Override
        public boolean matches(RequestedHost host) {
            return host instanceof RequestedHost.Name asked
                    && asked.normalized().endsWith("." + domain);
        }
    }

    /** Addresses, as the client gave them: no name is resolved for it. */
    record Within(IpRange range) implements HostPattern {
        @Override
        public boolean matches(RequestedHost host) {
            return host instanceof RequestedHost.Address asked && range.contains(asked.address());
        }
    }

    /**
     * Reads {@code *}, {@code *.suffix}, a name, an address or a range; IPv6 without its brackets.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static HostPattern parse(String text) {
        if (text.equals("*")) {
            return new Any();
        }
        if (IpSyntax.isAddress(text) || text.indexOf('/') >= 0) {
            return new Within(IpRange.parse(text));
        }
        boolean below = text.startsWith("*.");
        String name = HostSyntax.lowerCase(below ? text.substring(2) : text);
        if (!HostSyntax.isName(name)) {
            throw new IllegalArgumentException("\"" + text + "\" is no host name, \"*.suffix\", address or range;"
                    + " write addresses as 10.20.0.1, ranges as 10.20.0.0/16 and IPv6 in brackets");
        }
        return below ? new Below(name) : new Name(name);
    }
}
