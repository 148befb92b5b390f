package dev.sshtunnels.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.forward.contract.ConnectionEnd;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/access.md explains every cause of a connection's end, and nothing else. */
class AuditLogPageTest {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ((?:`[A-Z]\\w+`(?:, )?)+) \\| `(\\w+)` \\| \\S.* \\|$");
    private static final Pattern CAUSE = Pattern.compile("`(\\w+)`");

    @Test
    void everyCauseHasARowWithItsResult() {
        Map<String, String> documented = ROW.matcher(
                        Page.read(Path.of("docs/access.md")).text())
                .results()
                .flatMap(row ->
                        CAUSE.matcher(row.group(1)).results().map(cause -> Map.entry(cause.group(1), row.group(2))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(documented)
                .containsExactlyInAnyOrderEntriesOf(Stream.of(ConnectionEnd.values())
                        .collect(Collectors.toMap(
                                Enum::name, cause -> cause.result().label())));
    }
}
