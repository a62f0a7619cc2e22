package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, to its end. */
class DemoTest {
    private static final List<String> RECORDINGS = List.of(
            "ptbxl_00292",
            "ptbxl_00002",
            "ptbxl_00108",
            "ptbxl_00330",
            "cinc_JS13888",
            "ptbxl_00180",
            "ptbxl_00424",
            "ptbxl_00363",
            "cinc_HR12083",
            "cinc_E07538",
            "ptbxl_00030",
            "cinc_JS20011",
            "cinc17_A00027");

    @TempDir
    Path folder;

    @Test
    void every_bundled_recording_is_reported_over_the_fhir_api() throws Exception {
        War.Result demo = War.run(folder, "demo", "--exit", "--port", "0");
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        for (String recording : RECORDINGS) {
            assertThat(demo.lines()).anyMatch(line -> line.startsWith(recording + " ") && line.contains("reported"));
        }
        assertThat(demo.out())
                .contains("DEMONSTRATION WEIGHTS", "saw these recordings in training")
                .contains("164889003", "Atrial fibrillation")
                .contains("164907000", "Right bundle branch block");
    }
}
