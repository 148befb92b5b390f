package dev.sshtunnels.differential;

import dev.sshtunnels.ssh.crypto.Algorithms;
import dev.sshtunnels.ssh.transport.AesGcm;
import dev.sshtunnels.testing.Commands;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedResource;

/**
 * The algorithms that a server is limited to, one of each kind.
 *
 * @param mac unused by ciphers that authenticate themselves
 */
record SshAlgorithms(String keyExchange, String cipher, String mac) {

    static final SshAlgorithms USUAL =
            new SshAlgorithms("curve25519-sha256", "aes128-gcm@openssh.com", "hmac-sha2-256-etm@openssh.com");

    private static final Algorithms OFFERED = Algorithms.safe(List.of(AesGcm.aes128(), AesGcm.aes256()));

    /** Each key exchange, each cipher and each MAC that the agent offers and the {@code ssh} of this machine has. */
    static Stream<SshAlgorithms> allOfBoth() {
        List<String> ciphers = common("cipher", OFFERED.ciphers());
        List<String> macs = common("mac", OFFERED.macs());
        return Stream.concat(
                common("kex", OFFERED.keyExchanges()).stream()
                        .map(kex -> new SshAlgorithms(kex, USUAL.cipher(), USUAL.mac())),
                ciphers.stream()
                        .flatMap(cipher -> (cipher.contains("gcm") ? List.of(USUAL.mac()) : macs)
                                .stream().map(mac -> new SshAlgorithms(USUAL.keyExchange(), cipher, mac))));
    }

    private static List<String> common(String kind, List<? extends NamedResource> offered) {
        Set<String> known =
                new TreeSet<>(Commands.run(List.of("ssh", "-Q", kind)).lines().toList());
        List<String> names = offered.stream()
                .map(NamedResource::getName)
                .filter(known::contains)
                .toList();
        if (names.size() < 2) {
            throw new IllegalStateException("ssh and the agent have only " + names + " in common");
        }
        return names;
    }

    /** Lines of sshd_config. */
    List<String> serverConfig() {
        return List.of("KexAlgorithms " + keyExchange, "Ciphers " + cipher, "MACs " + mac);
    }
}
