package dev.sshtunnels.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The servers behind the tunnels, each a program in C, so that it is not what limits a figure. */
final class Targets implements AutoCloseable {

    private final List<Daemon> daemons = new ArrayList<>();
    private final Map<Target, Integer> ports = new EnumMap<>(Target.class);

    /**
     * Starts all of them on loopback.
     *
     * @param directory for their files
     * @param free where they may listen
     */
    Targets(Path directory, Ports free) throws IOException {
        for (Target target : Target.values()) {
            int port = free.take();
            ports.put(target, port);
            Path log = directory.resolve(target + ".log");
            Daemon daemon = Daemon.start("the target " + target, command(target, port, directory), log);
            daemons.add(daemon);
            daemon.awaitListener(port);
        }
    }

    int port(Target target) {
        return ports.get(target);
    }

    private static List<String> command(Target target, int port, Path directory) throws IOException {
        String number = Integer.toString(port);
        return switch (target) {
            case BULK -> List.of("iperf3", "--server", "--bind", "127.0.0.1", "--port", number);
            case ECHO -> List.of("sockperf", "server", "--tcp", "--ip", "127.0.0.1", "--port", number);
            case HTTP -> {
                Path file = Files.writeString(directory.resolve("nginx.conf"), nginx(directory, port));
                yield List.of("/usr/sbin/nginx", "-p", directory.toString(), "-c", file.toString(), "-e", "stderr");
            }
        };
    }

    /** Connections stay open however many requests they carry, and however long they are idle. */
    private static String nginx(Path directory, int port) {
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
        daemons.forEach(Daemon::close);
    }
}
