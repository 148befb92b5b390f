package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The servers behind the tunnels; those that move much are programs in C, so that they are not what limits a figure. */
final class Targets implements AutoCloseable {

    private final Daemon bulk;
    private final Daemon http;
    private final Echo echo;
    private final Map<Target, Integer> ports = new EnumMap<>(Target.class);

    /**
     * Starts all of them on loopback.
     *
     * @param directory for their files
     * @param free where they may listen
     */
    Targets(Path directory, Ports free) throws IOException {
        bulk = start(Target.BULK, iperf(free.take()), directory);
        http = start(Target.HTTP, nginx(free.take(), directory), directory);
        echo = new Echo();
        ports.put(Target.ECHO, echo.port());
    }

    private Daemon start(Target target, Server server, Path directory) {
        Daemon daemon = Daemon.start("the target " + target, server.command(), directory.resolve(target + ".log"));
        daemon.awaitListener(server.port());
        ports.put(target, server.port());
        return daemon;
    }

    private record Server(int port, List<String> command) {}

    int port(Target target) {
        return ports.get(target);
    }

    private static Server iperf(int port) {
        return new Server(port, List.of("iperf3", "--server", "--bind", "127.0.0.1", "--port", Integer.toString(port)));
    }

    private static Server nginx(int port, Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("nginx.conf"), configuration(directory, port));
        return new Server(
                port, List.of("/usr/sbin/nginx", "-p", directory.toString(), "-c", file.toString(), "-e", "stderr"));
    }

    /** Connections stay open however many requests they carry, and however long they are idle. */
    private static String configuration(Path directory, int port) {
        return """
                daemon off;
                worker_processes 1;
                pid %1$s/nginx.pid;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  client_body_temp_path %1$s;
                  proxy_temp_path %1$s;
                  fastcgi_temp_path %1$s;
                  uwsgi_temp_path %1$s;
                  scgi_temp_path %1$s;
                  keepalive_requests 1000000000;
                  keepalive_timeout 1h;
                  server {
                    listen 127.0.0.1:%2$d backlog=4096;
                    location / { return 200 "ok"; }
                  }
                }
                """.formatted(directory, port);
    }

    @Override
    public void close() {
        echo.close();
        http.close();
        bulk.close();
    }
}
