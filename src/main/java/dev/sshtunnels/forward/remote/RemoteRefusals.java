package dev.sshtunnels.forward.remote;

import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.contract.ForwardListener;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.loop.Timer;
import dev.sshtunnels.tunnel.Backoff;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What follows when a server does not listen: finds out why, tells it once, and asks again in time. Event loop only.
 *
 * <p>Who has the port is looked at when it is refused first and then more and more seldom: each look is a connection to
 * whoever has it.
 */
final class RemoteRefusals {

    private static final Backoff LOOK =
            new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5), Backoff.Spread.FIFTH);

    private final ForwardContext context;
    private final RandomGenerator random;
    private final RemoteSession session;
    private final Forward forward;
    private final HostPort asked;
    private final ForwardListener listener;
    private final Runnable askAgain;
    private RemoteRefusal last;
    private PortHolder holder;
    private Timer lookAgain;
    private Timer next;
    private int looks;
    private int inARow;
    private boolean stopped;

    RemoteRefusals(
            ForwardContext context,
            RandomGenerator random,
            RemoteSession session,
            Forward forward,
            HostPort asked,
            ForwardListener listener,
            Runnable askAgain) {
        this.context = context;
        this.random = random;
        this.session = session;
        this.forward = forward;
        this.asked = asked;
        this.listener = listener;
        this.askAgain = askAgain;
    }

    /** Another forward of this session has asked for the same. */
    void heldBy(Forward other) {
        failed(RemoteRefusal.heldBy(other, forward.listen()));
    }

    /**
     * The server said no. Its reply has no cause.
     *
     * @param hint what it said beside it
     * @param neighbour another forward with the same port on another address
     */
    void byServer(String hint, Optional<Forward> neighbour) {
        if (RemoteRefusal.isProhibited(hint)) {
            failed(RemoteRefusal.prohibited(forward.listen(), session.login().user()));
        } else if (neighbour.isPresent()) {
            failed(RemoteRefusal.besides(neighbour.get(), forward.listen()));
        } else if (holder == null) {
            new PortTriage(context.loop(), session, asked, this::looked).start();
        } else {
            heldBySame();
        }
    }

    private void looked(PortHolder found) {
        if (stopped) {
            return;
        }
        holder = found;
        lookAgain = context.loop().schedule(LOOK.delay(++looks, random), () -> holder = null);
        heldBySame();
    }

    private void heldBySame() {
        boolean lostHere = session.lost().contains(session.server(), asked);
        failed(RemoteRefusal.held(
                forward.listen(), holder, lostHere, session.login().user()));
    }

    private void failed(RemoteRefusal refusal) {
        if (!refusal.equals(last)) {
            last = refusal;
            inARow = 0;
            listener.stateChanged(new ForwardState.Failed(refusal.finding()));
        }
        next = context.loop().schedule(refusal.pace().delay(++inARow, random), askAgain);
    }

    /** It listens, or is not wanted any more. */
    void over() {
        stopped = true;
        if (lookAgain != null) {
            lookAgain.cancel();
        }
        if (next != null) {
            next.cancel();
        }
    }
}
