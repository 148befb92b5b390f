package dev.sshtunnels.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.agent.plan.ForwardKey;
import dev.sshtunnels.forward.contract.OpenForward.Connections;
import dev.sshtunnels.tunnel.Forward;
import dev.sshtunnels.tunnel.HostPort;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForwardChangeTest {

    private static final ForwardKey DB = new ForwardKey("db", "db");
    private static final ForwardKey WEB = new ForwardKey("web", "web");

    @Test
    void equalForwardsAreNotTouched() {
        assertThat(ForwardChange.between(Map.of(DB, local(1)), Map.of(DB, local(1))))
                .isEmpty();
    }

    @Test
    void anAddedForwardIsOpenedAndItsNeighbourLeftAlone() {
        assertThat(ForwardChange.between(Map.of(DB, local(1)), Map.of(DB, local(1), WEB, local(2))))
                .containsExactly(new ForwardChange.Open(WEB, local(2)));
    }

    @Test
    void aRemovedForwardIsClosedWithItsConnections() {
        assertThat(ForwardChange.between(Map.of(DB, local(1), WEB, local(2)), Map.of(WEB, local(2))))
                .containsExactly(new ForwardChange.Close(DB, Connections.RESET));
    }

    @Test
    void anEditedForwardKeepsItsConnections() {
        assertThat(ForwardChange.between(Map.of(DB, local(1)), Map.of(DB, local(2))))
                .containsExactly(new ForwardChange.Close(DB, Connections.KEEP), new ForwardChange.Open(DB, local(2)));
    }

    @Test
    void aPortThatMovesToAnotherForwardIsFreedFirst() {
        var changes = ForwardChange.between(Map.of(DB, local(1)), Map.of(WEB, local(1)));

        assertThat(changes)
                .containsExactly(new ForwardChange.Close(DB, Connections.RESET), new ForwardChange.Open(WEB, local(1)));
    }

    private static Forward local(int port) {
        return new Forward.Local("f", new HostPort("localhost", port), new HostPort("db.corp", 5432));
    }
}
