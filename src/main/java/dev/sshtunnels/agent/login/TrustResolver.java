package dev.sshtunnels.agent.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sshtunnels.agent.files.ObjectStore;
import dev.sshtunnels.agent.files.ObjectStore.Lookup;
import dev.sshtunnels.agent.files.References;
import dev.sshtunnels.api.HostKeys;
import dev.sshtunnels.api.KnownHostsSource;
import dev.sshtunnels.api.ObjectKeyRef;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.ssh.HostKeyTrust;
import dev.sshtunnels.ssh.login.KnownHosts;
import dev.sshtunnels.ssh.login.UnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out which host keys are trusted: the lines in the document, and those of the file that it refers to.
 *
 * @param file the user's known_hosts, which takes the place of the file that the document refers to; null for none
 */
record TrustResolver(References references, Path file) {

    private static final HostKeys NONE = new HostKeys(null, List.of(), null, List.of(), null);
    private static final String DEFAULT_KEY = "known_hosts";

    HostKeyTrust resolve(HostKeys given) throws BrokenException {
        HostKeys hostKeys = given == null ? NONE : given;
        List<String> lines = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        if (!hostKeys.knownHosts().isEmpty()) {
            hostKeys.knownHosts().forEach(entry -> entry.lines().forEach(lines::add));
            sources.add("hostKeys.knownHosts");
        }
        if (file != null) {
            lines.addAll(fileLines());
            sources.add(file.toString());
        } else if (hostKeys.knownHostsFrom() != null) {
            Lookup.Found found = found(hostKeys.knownHostsFrom());
            new String(found.value(), UTF_8).lines().forEach(lines::add);
            sources.add(found.source());
        }
        if (!hostKeys.fingerprints().isEmpty()) {
            sources.add("hostKeys.fingerprints");
        }
        return checked(new HostKeyTrust(lines, hostKeys.fingerprints(), hostKeys.alias(), source(sources)));
    }

    private static String source(List<String> sources) {
        return sources.isEmpty() ? "hostKeys (which names no key)" : String.join(" and ", sources);
    }

    private Lookup.Found found(KnownHostsSource from) throws BrokenException {
        boolean secret = from.secretRef() != null;
        ObjectKeyRef ref = secret ? from.secretRef() : from.configMapRef();
        ObjectStore store = secret ? references.secrets() : references.configMaps();
        String key = ref.key() == null ? DEFAULT_KEY : ref.key();
        return switch (store.find(ref.name(), key)) {
            case Lookup.Found found -> found;
            case Lookup.NoObject() ->
                throw new BrokenException(
                        secret ? Reason.SecretNotFound : Reason.ConfigMapNotFound,
                        store.where(ref.name())
                                + " does not exist (or is empty); create it with known_hosts lines under"
                                + " the key \"" + key + "\"");
            case Lookup.NoKey() ->
                throw new BrokenException(
                        secret ? Reason.SecretKeyMissing : Reason.InvalidKnownHosts,
                        store.where(ref.name()) + " has no key \"" + key
                                + "\"; put known_hosts lines there, or name the key in hostKeys.knownHostsFrom");
        };
    }

    private List<String> fileLines() throws BrokenException {
        try {
            return Files.readAllLines(file, UTF_8);
        } catch (IOException e) {
            throw new BrokenException(
                    Reason.InvalidKnownHosts, "the file " + file + " cannot be read; check --known-hosts");
        }
    }

    /** Read once here, so that a broken line is found before anybody is asked for a connection. */
    private static HostKeyTrust checked(HostKeyTrust trust) throws BrokenException {
        try {
            KnownHosts.parse(trust);
            return trust;
        } catch (UnusableException unusable) {
            throw new BrokenException(unusable.finding());
        }
    }
}
