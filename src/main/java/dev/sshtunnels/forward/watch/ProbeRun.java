package dev.sshtunnels.forward.watch;

import dev.sshtunnels.api.Reason;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.probe.Greeting;
import dev.sshtunnels.probe.Verdict;
import dev.sshtunnels.tunnel.Destination;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.PeerText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** One probe of one target, from connecting to the verdict; event loop only. */
final class ProbeRun implements ProbeLink.Events {

    /** As much of a wrong answer as is told. */
    private static final int SHOWN = 60;

    private final Destination target;
    private final Greeting greeting;
    private final Duration timeout;
    private final ProbeLink.Opener opener;
    private final Consumer<Finding> found;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private ProbeLink link;
    private Timer deadline;
    private boolean connected;
    private boolean over;

    /** @param found hears the verdict once; not when the probe is aborted or its session is lost */
    ProbeRun(
            Destination target, Greeting greeting, Duration timeout, ProbeLink.Opener opener, Consumer<Finding> found) {
        this.target = target;
        this.greeting = greeting;
        this.timeout = timeout;
        this.opener = opener;
        this.found = found;
    }

    void start(EventLoop loop) {
        deadline = loop.schedule(timeout, this::timedOut);
        link = opener.open(this);
    }

    boolean isUnderWay() {
        return !over;
    }

    /** Nobody wants to know any more. */
    void abort() {
        if (!over) {
            over = true;
            deadline.cancel();
            link.abort();
        }
    }

    @Override
    public void connected() {
        connected = true;
        link.send(greeting.opening());
        judge();
    }

    @Override
    public void received(byte[] data, int offset, int length) {
        answer.write(data, offset, Math.min(length, Greeting.MAX_ANSWER - answer.size()));
        judge();
    }

    private void judge() {
        if (over) {
            return;
        }
        byte[] said = answer.toByteArray();
        switch (greeting.judge(said)) {
            case Verdict.Alive(String words) -> {
                end(new Finding(Reason.ProbeSucceeded, words + " at " + target));
                link.finish(greeting.farewell(said));
            }
            case Verdict.Unexpected(String expected) -> {
                end(unexpected(expected));
                link.finish(Greeting.NOTHING);
            }
            case Verdict.NeedMore()
            when said.length == Greeting.MAX_ANSWER -> {
                end(unexpected("the kind of server that probe.type names"));
                link.finish(Greeting.NOTHING);
            }
            case Verdict.NeedMore() -> {}
        }
    }

    private Finding unexpected(String expected) {
        String began = PeerText.printable(answer.toString(StandardCharsets.ISO_8859_1), SHOWN);
        return new Finding(
                Reason.UnexpectedAnswer,
                target + " did not answer as " + expected + " would, it began with \"" + began
                        + "\"; check the target's port, and probe.type");
    }

    @Override
    public void ended() {
        if (over) {
            return;
        }
        end(answer.size() > 0 ? unexpected("a complete greeting") : noAnswer("closed it without an answer"));
        link.abort();
    }

    private void timedOut() {
        end(connected ? silent() : opener.timedOut(words(timeout)));
        link.abort();
    }

    private Finding silent() {
        return answer.size() > 0
                ? unexpected("a complete greeting")
                : noAnswer("did not answer within " + words(timeout));
    }

    private Finding noAnswer(String what) {
        return new Finding(
                Reason.NoAnswer,
                target + " accepted the connection and " + what + "; check the service behind it, and probe.type");
    }

    private static String words(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    @Override
    public void failed(Finding finding) {
        end(finding);
    }

    @Override
    public void lost() {
        over = true;
        deadline.cancel();
    }

    private void end(Finding finding) {
        if (!over) {
            over = true;
            deadline.cancel();
            found.accept(finding);
        }
    }
}
