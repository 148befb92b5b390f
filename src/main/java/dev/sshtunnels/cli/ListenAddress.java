package dev.sshtunnels.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT}, {@code [IPV6]:PORT} and {@code :PORT} for all addresses. */
final class ListenAddress implements ITypeConverter<InetSocketAddress> {

    @Override
    public InetSocketAddress convert(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new TypeConversionException("'" + text + "' is not HOST:PORT, such as 127.0.0.1:8081 or :8081");
        }
        int port = port(text.substring(colon + 1));
        String host = text.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1");
        InetSocketAddress address =
                host.isEmpty() || host.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new TypeConversionException("the host '" + host + "' is not known here");
        }
        return address;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below, together with numbers out of range
        }
        throw new TypeConversionException("'" + text + "' is not a port from 0 to 65535");
    }
}
