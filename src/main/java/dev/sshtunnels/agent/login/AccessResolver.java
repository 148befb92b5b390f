package dev.sshtunnels.agent.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sshtunnels.agent.files.ObjectStore;
import dev.sshtunnels.agent.files.ObjectStore.Lookup;
import dev.sshtunnels.api.Access;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.api.SocksAccess;
import dev.sshtunnels.tunnel.AccessRules;
import dev.sshtunnels.tunnel.AllowedDestination;
import dev.sshtunnels.tunnel.SocksCredentials;
import dev.sshtunnels.tunnel.SocksPolicy;
import dev.sshtunnels.tunnel.SocksRules;
import java.util.Optional;

/**
 * Finds out who may use the listeners of a tunnel. What cannot be found out closes its SOCKS proxies: an open proxy by
 * accident is worse than a closed one.
 *
 * @param secrets where {@code access.socks.credentialsSecretRef} is looked up
 */
public record AccessResolver(ObjectStore secrets) {

    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";

    /** @param access {@code spec.access}, null for none */
    public AccessRules resolve(Access access) {
        return AccessRules.of(access, socks(access == null ? null : access.socks()));
    }

    private SocksPolicy socks(SocksAccess socks) {
        if (socks == null) {
            return new SocksPolicy.Serve(SocksRules.OPEN);
        }
        try {
            return new SocksPolicy.Serve(new SocksRules(
                    credentials(socks),
                    socks.allow().stream().map(AllowedDestination::parse).toList()));
        } catch (BrokenException broken) {
            return new SocksPolicy.RefuseAll(broken.finding());
        }
    }

    private Optional<SocksCredentials> credentials(SocksAccess socks) throws BrokenException {
        if (socks.credentialsSecretRef() == null) {
            return Optional.empty();
        }
        String secret = socks.credentialsSecretRef().name();
        String username = found(secret, USERNAME);
        String password = found(secret, PASSWORD);
        try {
            return Optional.of(new SocksCredentials(username, password));
        } catch (IllegalArgumentException unusable) {
            throw new BrokenException(
                    Reason.InvalidCredentials,
                    "SOCKS clients are refused: in " + secrets.where(secret) + " " + unusable.getMessage());
        }
    }

    /** Without a line break at the end, which editors leave in files and no client could give. */
    private String found(String secret, String key) throws BrokenException {
        return switch (secrets.find(secret, key)) {
            case Lookup.Found found -> new String(found.value(), UTF_8).replaceFirst("\\R$", "");
            case Lookup.NoObject() ->
                throw new BrokenException(
                        Reason.SecretNotFound,
                        "SOCKS clients are refused: " + secrets.where(secret)
                                + " does not exist (or is empty); create it with the keys \"" + USERNAME + "\" and \""
                                + PASSWORD + "\"");
            case Lookup.NoKey() ->
                throw new BrokenException(
                        Reason.SecretKeyMissing,
                        "SOCKS clients are refused: " + secrets.where(secret) + " has no key \"" + key
                                + "\"; add it, beside the other of \"" + USERNAME + "\" and \"" + PASSWORD + "\"");
        };
    }
}
