package dev.sshtunnels.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortBookTest {

    @Test
    void forwardsGetPortsInTheOrderInWhichTheyCome() {
        PortBook book = PortBook.empty().assign(List.of("a/tunnel", "b/tunnel"));

        assertThat(book.port("a", "tunnel")).hasValue(20_000);
        assertThat(book.port("b", "tunnel")).hasValue(20_001);
    }

    @Test
    void aForwardKeepsItsPortWhileOthersComeAndGo() {
        PortBook book = PortBook.empty()
                .assign(List.of("a/tunnel", "b/tunnel"))
                .assign(List.of("c/tunnel", "b/tunnel"))
                .assign(List.of("b/tunnel", "d/tunnel"));

        assertThat(book.port("b", "tunnel")).hasValue(20_001);
    }

    @Test
    void aPortThatBecameFreeIsNotTheNextToBeHandedOut() {
        PortBook book =
                PortBook.empty().assign(List.of("a/tunnel")).assign(List.of()).assign(List.of("b/tunnel"));

        assertThat(book.port("b", "tunnel")).hasValue(20_001);
    }

    @Test
    void afterTheLastPortTheSearchGoesOnAtTheFirst() {
        PortBook book = PortBook.parse("next 29999\na/tunnel 20000\n").assign(List.of("a/tunnel", "b/x", "c/x"));

        assertThat(book.port("b", "x")).hasValue(29_999);
        assertThat(book.port("c", "x")).hasValue(20_001);
    }

    @Test
    void whenAllPortsAreTakenAForwardGetsNone() {
        List<String> all = IntStream.range(0, 10_000)
                .mapToObj(number -> "t" + number + "/f")
                .toList();
        PortBook full = PortBook.empty().assign(all);

        PortBook book =
                full.assign(Stream.concat(all.stream(), Stream.of("late/f")).toList());

        assertThat(full.ports().values()).doesNotHaveDuplicates().hasSize(10_000);
        assertThat(book.port("late", "f")).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        PortBook book = PortBook.empty().assign(List.of("orders-db/tunnel", "kafka/b1", "kafka/b2"));

        assertThat(PortBook.parse(book.text())).isEqualTo(book);
    }

    @Test
    void linesThatSomebodyBrokeAreLeftOut() {
        PortBook book = PortBook.parse("""
                next 99999
                a/tunnel 20007
                b/tunnel 20007
                c/tunnel 80
                d/tunnel
                ../../x 20001
                """);

        assertThat(book.ports()).containsOnlyKeys("a/tunnel");
        assertThat(book.next()).isEqualTo(20_000);
    }

    @Test
    void thePortsOfATunnelDoNotChangeWithThoseOfOthers() {
        PortBook alone = PortBook.empty().assign(List.of("db/tunnel"));
        PortBook besides = alone.assign(List.of("db/tunnel", "db-2/tunnel", "web/a", "web/b"));

        assertThat(besides.of("db")).isEqualTo(alone.of("db"));
        assertThat(besides.of("db").ports()).containsOnlyKeys("db/tunnel");
        assertThat(besides.of("web").ports()).containsOnlyKeys("web/a", "web/b");
    }
}
