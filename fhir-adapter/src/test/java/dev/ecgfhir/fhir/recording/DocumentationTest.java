package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentationTest {
    private static final Path PAGE = Path.of("../docs/reading-ecgs.md");
    private static final Pattern FLAG = Pattern.compile("flags\\.add\\(\\s*\"([A-Z_]+)");

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void tells_what_every_refusal_means(RefusalReason reason) throws IOException {
        assertThat(Files.readString(PAGE)).containsPattern("\\| `" + reason + "` \\| .{10,} \\| .{10,} \\|");
    }

    @ParameterizedTest
    @EnumSource(IgnoreReason.class)
    void tells_why_something_is_ignored(IgnoreReason reason) throws IOException {
        assertThat(Files.readString(PAGE)).containsPattern("\\| `" + reason + "` \\| .{10,} \\|");
    }

    @Test
    void tells_what_every_flag_means() throws IOException {
        TreeSet<String> flags = new TreeSet<>();
        for (String folder : new String[] {"recording", "file"}) {
            try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/ecgfhir/fhir/" + folder))) {
                for (Path source : sources.toList()) {
                    FLAG.matcher(Files.readString(source))
                            .results()
                            .map(MatchResult::group)
                            .forEach(flags::add);
                }
            }
        }
        assertThat(flags).hasSizeGreaterThan(8);
        String page = Files.readString(PAGE);
        for (String flag : flags) {
            assertThat(page).contains("| `" + flag.substring(flag.indexOf('"') + 1));
        }
    }
}
