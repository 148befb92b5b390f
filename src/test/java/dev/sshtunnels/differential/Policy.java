package dev.sshtunnels.differential;

import dev.sshtunnels.api.Mode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the administrator of a server permits (sshd_config(5), and AUTHORIZED_KEYS FILE FORMAT of sshd(8)).
 *
 * @param allow AllowTcpForwarding
 * @param permit PermitOpen and PermitListen
 * @param keyOption options of the key in authorized_keys
 */
record Policy(Allow allow, Permit permit, KeyOption keyOption) {

    enum Allow {
        YES,
        LOCAL,
        REMOTE,
        NO
    }

    /** The right ports each time; only {@code MATCH} names the host by the string that is asked for (C12). */
    enum Permit {
        UNSET,
        NONE,
        MISMATCH,
        MATCH;

        /** Lines of sshd_config about a target on 127.0.0.1 and a listener on localhost. */
        String[] config(Allow allow, int target, int listen) {
            String allowed = "AllowTcpForwarding " + allow.name().toLowerCase(Locale.ROOT);
            return switch (this) {
                case UNSET -> new String[] {allowed};
                case NONE -> new String[] {allowed, "PermitOpen none", "PermitListen none"};
                case MISMATCH ->
                    new String[] {allowed, "PermitOpen localhost:" + target, "PermitListen 127.0.0.1:" + listen};
                case MATCH ->
                    new String[] {allowed, "PermitOpen 127.0.0.1:" + target, "PermitListen localhost:" + listen};
            };
        }
    }

    enum KeyOption {
        NO_OPTION,
        PERMITOPEN_AND_PERMITLISTEN,
        NO_PORT_FORWARDING,
        RESTRICT,
        RESTRICT_BUT_PORT_FORWARDING;

        /** As in authorized_keys. */
        String[] words(int target, int listen) {
            return switch (this) {
                case NO_OPTION -> new String[0];
                case PERMITOPEN_AND_PERMITLISTEN ->
                    new String[] {"permitopen=\"127.0.0.1:" + target + "\"", "permitlisten=\"localhost:" + listen + "\""
                    };
                case NO_PORT_FORWARDING -> new String[] {"no-port-forwarding"};
                case RESTRICT -> new String[] {"restrict"};
                case RESTRICT_BUT_PORT_FORWARDING -> new String[] {"restrict", "port-forwarding"};
            };
        }
    }

    /** The modes of which a forward works. */
    Set<Mode> permittedModes() {
        Set<Mode> modes = EnumSet.noneOf(Mode.class);
        boolean refused = permit == Permit.NONE
                || permit == Permit.MISMATCH
                || keyOption == KeyOption.NO_PORT_FORWARDING
                || keyOption == KeyOption.RESTRICT;
        if (!refused && (allow == Allow.YES || allow == Allow.LOCAL)) {
            modes.addAll(Set.of(Mode.L, Mode.D));
        }
        if (!refused && (allow == Allow.YES || allow == Allow.REMOTE)) {
            modes.add(Mode.R);
        }
        return modes;
    }
}
