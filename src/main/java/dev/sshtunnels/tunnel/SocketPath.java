package dev.sshtunnels.tunnel;

/**
 * A Unix socket on the SSH server (ssh(1), {@code -L port:remote_socket}).
 *
 * @param path absolute path there
 */
public record SocketPath(String path) implements Destination {

    public SocketPath {
        if (path == null || !path.startsWith("/")) {
            throw new IllegalArgumentException("\"" + path + "\" is not an absolute path");
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
