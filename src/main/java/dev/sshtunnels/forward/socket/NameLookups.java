package dev.sshtunnels.forward.socket;

import dev.sshtunnels.loop.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/**
 * Finds the addresses of names without keeping anybody waiting who asks for another name; event loop only.
 *
 * <p>The system's resolver blocks, for 10 s and longer when a DNS server is silent, and cannot be interrupted. On virtual
 * threads it would hold their carriers, of which the JDK adds up to 256 and no more: then every virtual thread of the
 * process stands still. So each name has a platform thread of its own, which all who ask for it meanwhile share.
 */
final class NameLookups {

    /** Names at a time; only clients that choose their targets can ask for so many. */
    static final int MOST = 64;

    private static final long STACK_BYTES = 256 << 10;

    private final EventLoop loop;
    private final ThreadFactory threads;
    private final Map<String, List<Answer>> waiting = new HashMap<>();

    NameLookups(EventLoop loop) {
        this(loop, Thread.ofPlatform().daemon().stackSize(STACK_BYTES).factory());
    }

    /** @param threads what lookups run on */
    NameLookups(EventLoop loop, ThreadFactory threads) {
        this.loop = loop;
        this.threads = threads;
    }

    /** Hears the outcome of one lookup, on the loop, after {@link #find} has returned. */
    interface Answer {

        /** At least one address, in the resolver's order. */
        void found(List<InetAddress> addresses);

        /** What is wrong, to follow the name and a colon. */
        void failed(String problem);
    }

    /** Looks a name up; an IP literal is its own answer. */
    void find(String host, Answer answer) {
        InetAddress literal = literal(host);
        if (literal != null) {
            loop.execute(() -> answer.found(List.of(literal)));
            return;
        }
        List<Answer> others = waiting.get(host);
        if (others != null) {
            others.add(answer);
        } else if (waiting.size() >= MOST) {
            loop.execute(() -> answer.failed(
                    MOST + " other names are being looked up and the DNS servers do not answer; check them"));
        } else {
            waiting.put(host, new ArrayList<>(List.of(answer)));
            start(host);
        }
    }

    private void start(String host) {
        Thread thread = threads.newThread(() -> resolve(host));
        thread.setName("resolve " + host);
        try {
            thread.start();
        } catch (OutOfMemoryError _) {
            // Not memory: the limit of processes (pids cgroup, RLIMIT_NPROC), which others may soon leave again.
            List<Answer> answers = waiting.remove(host);
            loop.execute(() -> answers.forEach(answer -> answer.failed(
                    "it cannot be looked up, no thread can be started; raise the limit of processes (pids)")));
        }
    }

    /** Null when it is a name. */
    private static InetAddress literal(String host) {
        boolean mayBeOne = host.indexOf(':') >= 0 || !host.isEmpty() && Character.isDigit(host.charAt(0));
        if (!mayBeOne) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private void resolve(String host) {
        List<InetAddress> found;
        try {
            found = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException | RuntimeException _) {
            found = List.of();
        }
        List<InetAddress> addresses = found;
        loop.execute(() -> answered(host, addresses));
    }

    private void answered(String host, List<InetAddress> addresses) {
        for (Answer answer : waiting.remove(host)) {
            if (addresses.isEmpty()) {
                answer.failed("the name does not resolve here; check target.host and the cluster's DNS");
            } else {
                answer.found(addresses);
            }
        }
    }
}
