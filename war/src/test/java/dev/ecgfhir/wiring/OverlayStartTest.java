package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ecgfhir.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayStartTest {
    @TempDir
    Path folder;

    @Test
    void mistakes_of_the_overlay_stop_the_start_with_a_line_each() throws IOException {
        Path overlay = Files.writeString(
                folder.resolve("site.csv"),
                "# overlay st-elsewhere 1.0.0\nkind,label,system,code,display,equivalence,language\n"
                        + "alert,NORMAL ECG,,soon,,,\nno-snomed-ct,NORMAL,,,,,\n");

        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class,
                () -> Server.start(Map.of(
                        "server.port",
                        "0",
                        "ecgfhir.data-directory",
                        folder.resolve("data").toString(),
                        "ecgfhir.model.demonstration",
                        "true",
                        "ecgfhir.terminology.overlay",
                        overlay.toString())));

        assertThat(failure.problems())
                .containsExactly(
                        "ecgfhir.terminology.overlay: " + overlay
                                + ": line 3 'NORMAL ECG': code must be critical, urgent or routine, was 'soon'",
                        "ecgfhir.terminology.overlay: " + overlay
                                + ": line 4 'NORMAL': there is no such label; labels are compared whole and exactly");
    }
}
