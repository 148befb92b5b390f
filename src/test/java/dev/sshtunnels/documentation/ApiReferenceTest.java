package dev.sshtunnels.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ApiReferenceTest {

    /** {@code dev/render-docs} sets it: the page is then written instead of compared. */
    private static final boolean WRITE = Boolean.getBoolean("sshtunnels.renderDocs");

    @Test
    void thePageOfAllFieldsIsWhatTheDefinitionsSay() throws IOException {
        if (WRITE) {
            Files.writeString(ApiReference.FILE, ApiReference.render());
        }

        assertThat(Files.readString(ApiReference.FILE))
                .as("stale; run dev/render-docs")
                .isEqualTo(ApiReference.render());
    }

    @Test
    void everyFieldHasADescription() {
        assertThat(ApiReference.render().lines().filter(line -> line.startsWith("| `")))
                .hasSizeGreaterThan(100)
                .noneMatch(line -> line.endsWith("|  |"));
    }
}
