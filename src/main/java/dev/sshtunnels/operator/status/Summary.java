package dev.sshtunnels.operator.status;

import dev.sshtunnels.api.ForwardSpec;
import dev.sshtunnels.api.Mode;
import dev.sshtunnels.api.Target;
import java.util.List;

/** A forward on one line, as a person would write it: {@code L *:5432 -> db.corp.internal:5432}. */
final class Summary {

    private Summary() {}

    static String of(List<ForwardSpec> forwards) {
        if (forwards.isEmpty()) {
            return null;
        }
        String more = forwards.size() == 1 ? "" : " (+" + (forwards.size() - 1) + " more)";
        return line(forwards.getFirst()) + more;
    }

    static String target(Target target) {
        if (target == null) {
            return null;
        }
        if (target.serviceRef() != null) {
            return target.serviceRef().name() + ":" + target.serviceRef().port();
        }
        if (target.socketPath() != null) {
            return target.socketPath();
        }
        return target.host() == null ? null : bracketed(target.host()) + ":" + target.port();
    }

    private static String line(ForwardSpec forward) {
        String listen =
                forward.mode() + " " + address(forward) + ":" + forward.listen().port();
        String target = target(forward.target());
        if (target == null) {
            // D says it by its letter.
            return forward.mode() == Mode.R ? listen + " (SOCKS)" : listen;
        }
        return listen + " -> " + target;
    }

    private static String address(ForwardSpec forward) {
        String address = forward.listen().address();
        if (address != null) {
            return address.isEmpty() ? "*" : bracketed(address);
        }
        boolean local = forward.mode() == Mode.R && !Boolean.TRUE.equals(forward.gateway());
        return local ? "localhost" : "*";
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
