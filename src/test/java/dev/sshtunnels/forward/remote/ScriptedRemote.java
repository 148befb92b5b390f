package dev.sshtunnels.forward.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.Originator;
import dev.sshtunnels.forward.DeafListener;
import dev.sshtunnels.forward.connection.ForwardContext;
import dev.sshtunnels.forward.connection.SocketBuffers;
import dev.sshtunnels.forward.contract.ForwardState;
import dev.sshtunnels.forward.contract.OpenForward;
import dev.sshtunnels.forward.exposure.IncomingConnections;
import dev.sshtunnels.forward.socket.DescriptorReserve;
import dev.sshtunnels.loop.EventLoop;
import dev.sshtunnels.ssh.LoginFacts;
import dev.sshtunnels.ssh.RemoteForwarding;
import dev.sshtunnels.tunnel.Finding;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A server that answers requests for listeners when a test says so, which no sshd does. */
final class ScriptedRemote implements RemoteForwarding, AutoCloseable {

    private final EventLoop loop = new EventLoop("scripted");
    private final ForwardContext context = new ForwardContext(loop, new SocketBuffers(), new DescriptorReserve());
    private final RemoteListeners book = new RemoteListeners();
    private final RemoteSession session = new RemoteSession(
            new HostPort("server", 22),
            new LoginFacts("tester", InetAddress.ofLiteral("192.0.2.9"), message -> message),
            new NoChannels(),
            this,
            book,
            new LostListeners());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Queue<CompletableFuture<Object>> unanswered = new ArrayDeque<>();

    @Override
    public CompletionStage<Grant> request(HostPort listen) {
        return asked("listen " + listen).thenApply(Grant.class::cast);
    }

    @Override
    public CompletionStage<Boolean> cancel(HostPort listen) {
        return asked("cancel " + listen).thenApply(Boolean.class::cast);
    }

    private CompletionStage<Object> asked(String what) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        unanswered.add(answer);
        requests.add(what);
        return answer;
    }

    /** Asks for a listener whose connections are refused with the forward's name, so that a test sees whose they are. */
    Asked open(String name, String host, int port) {
        Asked asked = new Asked();
        HostPort listen = new HostPort(host, port);
        asked.forward = new RemoteForward(
                context,
                RandomGenerator.getDefault(),
                new Forward.Remote(name, listen, new HostPort("127.0.0.1", 1)),
                session,
                asked,
                new NamedConnections(name));
        onLoop(asked.forward::request);
        return asked;
    }

    /** Answers the oldest request. */
    void answer(Object answer) {
        onLoop(() -> unanswered.remove().complete(answer));
    }

    List<String> requests() {
        onLoop(() -> {});
        return requests;
    }

    void awaitRequests(int number) {
        await().until(() -> requests.size() == number);
    }

    /** A connection arrives: the name of the forward that gets it, or {@code refused}. */
    String connect(String host, int port) {
        Arrived arrived = new Arrived();
        onLoop(() -> book.incoming(host, port, "192.0.2.1", 1, arrived));
        return arrived.fate;
    }

    private void onLoop(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        loop.close();
    }

    private record NamedConnections(String name) implements IncomingConnections {

        @Override
        public void incoming(Channels.Incoming incoming) {
            incoming.refuse(0, name);
        }

        @Override
        public void resetAll() {}
    }

    private static final class Arrived implements Channels.Incoming {

        private String fate;

        @Override
        public Originator originator() {
            return new Originator("192.0.2.1", 4711);
        }

        @Override
        public Channel accept(ChannelEndpoint endpoint) {
            throw new AssertionError("nobody accepts here");
        }

        @Override
        public void refuse(int reason, String description) {
            fate = reason == 0 ? description : "refused";
        }
    }

    /** One forward and what it told. */
    final class Asked extends DeafListener {

        private final LinkedBlockingDeque<ForwardState> states = new LinkedBlockingDeque<>();
        private RemoteForward forward;

        ForwardState state() {
            onLoop(() -> {});
            return states.peekLast();
        }

        Finding failure() {
            assertThat(state()).isInstanceOf(ForwardState.Failed.class);
            return ((ForwardState.Failed) state()).finding();
        }

        void close(OpenForward.Connections fate) {
            forward.close(fate);
            onLoop(() -> {});
        }

        /** The session ends under it. */
        void lose() {
            forward.lost();
            onLoop(() -> {});
        }

        @Override
        public void stateChanged(ForwardState state) {
            states.add(state);
        }
    }
}
