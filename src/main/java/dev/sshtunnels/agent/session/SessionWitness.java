package dev.sshtunnels.agent.session;

import dev.sshtunnels.api.Reason;
import java.time.Duration;

/** Hears what happens with the session; called on the supervisor's thread unless it says otherwise. */
public interface SessionWitness {

    /** The supervisor stands elsewhere, or in the same place under another document. */
    void state(SessionState state, long generation);

    /** A login was tried; {@link Reason#Connected} when it succeeded. */
    void attempted(Reason reason);

    /** A session ended that had been up. */
    void lost(Reason reason);

    /** The server answered a keep-alive question after so long. Called on the event loop. */
    void answered(Duration roundTrip);
}
