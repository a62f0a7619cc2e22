package dev.ecgfhir.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The component's page names everything that there is. */
class EcgFounderDocumentationTest {
    private static String document(String name) throws IOException {
        return Files.readString(Path.of("../docs").resolve(name));
    }

    private static JsonNode metadata() throws IOException {
        return new ObjectMapper()
                .readTree(EcgFounderDocumentationTest.class.getResource(
                        "/META-INF/dev/ecgfhir/component/ecgfounder.json"));
    }

    @Test
    void camel_lists_every_option_with_its_default() throws IOException {
        String text = document("camel.md");
        metadata().get("properties").properties().forEach(option -> {
            if (!option.getKey().equals("operation")) {
                String standard = option.getValue().path("defaultValue").asText("");
                assertThat(text)
                        .containsPattern("\\| `" + option.getKey() + "` \\| "
                                + (standard.isEmpty() ? "\\|" : "`" + standard + "` \\|"));
            }
        });
    }

    @Test
    void camel_lists_every_header() throws IOException {
        String text = document("camel.md");
        metadata()
                .get("headers")
                .fieldNames()
                .forEachRemaining(header -> assertThat(text).contains("| `" + header + "` |"));
    }

    @Test
    void camel_shows_the_routes_that_are_tested() throws IOException {
        String text = document("camel.md");
        for (String file : new String[] {"route.yaml", "route.xml", "embed.yaml", "embed.xml"}) {
            Path tested = Path.of("src/test/resources/dev/ecgfhir/component").resolve(file);
            assertThat(text).contains(Files.readString(tested).strip());
        }
    }
}
