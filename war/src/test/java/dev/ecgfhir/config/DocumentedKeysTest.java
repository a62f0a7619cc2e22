package dev.ecgfhir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentedKeysTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

    @Test
    void the_table_in_the_documentation_is_the_table_in_the_code() throws IOException {
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `ecgfhir."))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        Keys.ALL.stream().map(DocumentedKeysTest::row).toList());
    }

    private static String row(Key key) {
        String fallback = key.fallback().isEmpty() ? "none" : "`" + key.fallback() + "`";
        return "| `" + key.name() + "` | " + fallback + " | " + key.allowed() + " | " + key.meaning() + " |";
    }
}
