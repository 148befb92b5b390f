package dev.sshtunnels.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.ConditionType;
import dev.sshtunnels.api.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reasons.md explains the whole closed list, and nothing else. */
class ReasonsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| \\S.* \\|.*\\|$");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (\\w+):");

    private final String page = Page.read(Path.of("docs/reasons.md")).text();

    @Test
    void everyReasonHasOneRowInTheOrderOfTheCode() {
        assertThat(matches(ROW)).isEqualTo(names(Reason.values()));
    }

    @Test
    void everyConditionHasASectionInTheOrderInWhichItDecides() {
        assertThat(matches(SECTION)).isEqualTo(names(ConditionType.values()));
    }

    private List<String> matches(Pattern pattern) {
        return pattern.matcher(page).results().map(match -> match.group(1)).toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
