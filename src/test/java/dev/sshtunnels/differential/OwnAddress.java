package dev.sshtunnels.differential;

import dev.sshtunnels.testing.Commands;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;

/** An IPv4 address of this machine that is not of loopback's network, as strangers would use it. */
final class OwnAddress implements AutoCloseable {

    /** Of the network kept for documentation, RFC 5737; only a machine without any address of its own gets it. */
    private static final String LENT = "203.0.113.1";

    private final String address;
    private final boolean lent;

    private OwnAddress(String address, boolean lent) {
        this.address = address;
        this.lent = lent;
    }

    /** One that the machine has, else one that it has until {@link #close}; that needs root. */
    static OwnAddress any() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(OwnAddress::isUp)
                // The oldest one: others may be a test's and go away.
                .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .map(address -> new OwnAddress(address, false))
                .orElseGet(OwnAddress::lend);
    }

    private static boolean isUp(NetworkInterface networkInterface) {
        try {
            return networkInterface.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }

    private static OwnAddress lend() {
        Commands.run(List.of("ip", "address", "add", LENT + "/32", "dev", "lo"));
        return new OwnAddress(LENT, true);
    }

    @Override
    public void close() {
        if (lent) {
            Commands.run(List.of("ip", "address", "delete", LENT + "/32", "dev", "lo"));
        }
    }

    @Override
    public String toString() {
        return address;
    }
}
