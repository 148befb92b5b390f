package dev.sshtunnels.forward.remote;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Predicate;

/**
 * Leaves out this machine's own addresses and those that mean something on its link only.
 *
 * <p>In a pod, loopback is where the agent's other forwards and its management server listen, and 169.254.169.254 hands
 * out the cloud credentials of the node. Who wants them reached by remote SOCKS clients has to say so. It looks at what a
 * name resolved to, so a name for such an address does not help.
 */
final class NeighboursOnly implements Predicate<InetAddress> {

    @Override
    public boolean test(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && !isOwn(address);
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException _) {
            return true;
        }
    }
}
