package dev.sshtunnels.forward.watch;

import dev.sshtunnels.tunnel.Finding;

/** A connection that a probe makes to a target; event loop only. */
public interface ProbeLink {

    /** A few bytes, for a connection that takes them at once. */
    void send(byte[] bytes);

    /** Ends it in order: last words, FIN, and nothing of the target's answer is thrown back at it. */
    void finish(byte[] lastWords);

    /** Ends it now, or as soon as it is there; nothing more is told. */
    void abort();

    /** Opens such connections to one target. */
    interface Opener {

        /** @return the link while it is being connected */
        ProbeLink open(Events events);

        /** What it means that the target has not been reached in the time of a probe. */
        Finding timedOut(String time);
    }

    /** What happens with it, told after {@link Opener#open} has returned. */
    interface Events {

        void connected();

        /** The target was not reached. */
        void failed(Finding finding);

        void received(byte[] data, int offset, int length);

        /** The target ended it: nothing more will be received. */
        void ended();

        /** The session is gone, and with it whatever could have been found. */
        void lost();
    }
}
