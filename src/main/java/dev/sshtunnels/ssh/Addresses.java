package dev.sshtunnels.ssh;

import dev.sshtunnels.api.AddressFamily;
import dev.sshtunnels.api.Reason;
import dev.sshtunnels.tunnel.HostPort;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds the addresses of a name. */
final class Addresses {

    private Addresses() {}

    /**
     * The addresses of the wanted family, families taking turns (RFC 8305 4), the resolver's first one first.
     *
     * @throws PhaseFailure with {@code DNSFailed}
     */
    static List<InetAddress> of(HostPort endpoint, AddressFamily family, Duration timeout)
            throws PhaseFailure, InterruptedException {
        List<InetAddress> found = Arrays.stream(resolve(endpoint, timeout))
                .filter(address -> wanted(address, family))
                .toList();
        if (found.isEmpty()) {
            throw failure(
                    endpoint, "has no " + family + " address; check spec.addressFamily and the name's DNS records");
        }
        return takingTurns(found);
    }

    private static InetAddress[] resolve(HostPort endpoint, Duration timeout)
            throws PhaseFailure, InterruptedException {
        // The resolver of the system cannot be interrupted, and would hold a virtual thread's carrier for as long as it
        // waits.
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread.ofPlatform().name("resolve " + endpoint.host()).daemon().start(() -> {
            try {
                answer.complete(InetAddress.getAllByName(endpoint.host()));
            } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failure(
                    endpoint, "could not be resolved within " + timeout.toSeconds() + " s; check the DNS servers");
        } catch (ExecutionException e) {
            throw failure(endpoint, unresolved(String.valueOf(e.getCause().getMessage())));
        }
    }

    /** The resolver (getaddrinfo(3)) tells in words only whether there was an answer at all. */
    private static String unresolved(String words) {
        return words.contains("Temporary failure") || words.contains("Try again")
                ? "cannot be resolved for the time being: no DNS server gives an answer; check that they run and are"
                        + " reachable"
                : "does not exist in DNS; check the spelling, and which DNS servers are asked here";
    }

    private static PhaseFailure failure(HostPort endpoint, String problem) {
        return new PhaseFailure(
                Phase.RESOLVE, Reason.DNSFailed, "the host \"" + endpoint.host() + "\" of " + endpoint + " " + problem);
    }

    private static boolean wanted(InetAddress address, AddressFamily family) {
        return switch (family) {
            case Any -> true;
            case IPv4 -> address instanceof Inet4Address;
            case IPv6 -> !(address instanceof Inet4Address);
        };
    }

    private static List<InetAddress> takingTurns(List<InetAddress> addresses) {
        Class<?> first = addresses.getFirst().getClass();
        List<InetAddress> one = addresses.stream().filter(first::isInstance).toList();
        List<InetAddress> other =
                addresses.stream().filter(address -> !first.isInstance(address)).toList();
        List<InetAddress> mixed = new ArrayList<>();
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            if (i < one.size()) {
                mixed.add(one.get(i));
            }
            if (i < other.size()) {
                mixed.add(other.get(i));
            }
        }
        return mixed;
    }
}
