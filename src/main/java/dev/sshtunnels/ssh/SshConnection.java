package dev.sshtunnels.ssh;

import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.tunnel.Finding;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** An authenticated session. Thread-safe. */
public interface SshConnection extends AutoCloseable {

    ServerFacts server();

    LoginFacts login();

    /** The session's channels; to be used on the event loop only. */
    Channels channels();

    /** Sends {@code tcpip-forward} and {@code cancel-tcpip-forward} (RFC 4254 7.1). */
    RemoteForwarding remoteForwarding();

    /** The listener hears how long the server took to answer each keep-alive question; on the event loop. */
    void onRoundTrip(Consumer<Duration> listener);

    /** Completes with the cause when the session has ended, whoever ended it. */
    CompletionStage<Finding> closed();

    /** Sends SSH_MSG_DISCONNECT and ends the session; returns when the socket is closed. */
    @Override
    void close();
}
