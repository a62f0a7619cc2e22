package dev.ecgfhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.terminology.map.LabelMapFile;
import dev.ecgfhir.terminology.map.ReviewedMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/terminology.md tells the numbers of the table. */
class DocumentedCountsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "terminology.md");

    private final List<ReviewedMapping> rows = LabelMapFile.bundled().rows();

    @ParameterizedTest
    @EnumSource(names = {"EQUIVALENT", "WIDER", "INEXACT"})
    void each_equivalence_is_counted_as_it_is(Equivalence equivalence) throws IOException {
        List<ReviewedMapping> counted = rows.stream()
                .filter(row -> row.mapping().equivalence() == equivalence)
                .toList();
        long inside = counted.stream().filter(DocumentedCountsTest::inside).count();

        assertThat(Files.readString(DOCUMENT))
                .contains("| %s | %d | %d | %d |"
                        .formatted(equivalence.code(), counted.size(), inside, counted.size() - inside));
    }

    @Test
    void unmatched_labels_and_the_sum_are_counted_as_they_are() throws IOException {
        long unmatched = rows.stream()
                .filter(row -> row.mapping().equivalence() == Equivalence.UNMATCHED)
                .count();
        long inside = rows.stream().filter(DocumentedCountsTest::inside).count();

        assertThat(Files.readString(DOCUMENT))
                .contains("| unmatched | %d | | |".formatted(unmatched))
                .contains("| together | 150 | %d | %d |".formatted(inside, 150 - unmatched - inside))
                .contains("Of the %d unmatched labels %d compare with an earlier ECG and %d qualify another finding"
                        .formatted(unmatched, inGroup(LabelGroup.COMPARISON), inGroup(LabelGroup.MODIFIER)));
    }

    @Test
    void the_documented_version_is_the_tables() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains("## Counts (version " + Terminology.labelMap().version() + ")");
    }

    @Test
    void what_has_no_label_is_documented_and_truly_has_none() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(Terminology.withoutLabel())
                .contains("ventricular fibrillation", "asystole")
                .allSatisfy(finding -> assertThat(document).contains("\n- " + finding + "\n"));
        assertThat(rows)
                .extracting(row -> row.mapping().label().toLowerCase(Locale.ROOT))
                .noneMatch(label ->
                        label.matches(".*(ventricular fibrillation|flutter, ventricular|asystole|torsade|brugada"
                                + "|av block mobitz ii$|ischemia|hyperkal|alternans|reversal|artifact|noise).*"));
    }

    @Test
    void alert_levels_are_counted_and_their_sources_are_documented() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (AlertLevel level : AlertLevel.values()) {
            assertThat(document)
                    .contains("| %s | %d |"
                            .formatted(
                                    level.code(),
                                    rows.stream()
                                            .filter(row -> row.mapping().alert() == level)
                                            .count()));
        }
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.alertSource().split("; "))
                        .allSatisfy(source -> assertThat(document).contains("| " + source + " |")));
    }

    private static boolean inside(ReviewedMapping row) {
        return !row.targets().isEmpty() && row.targets().get(0).inGlobalPatientSet();
    }

    private long inGroup(LabelGroup group) {
        return rows.stream().filter(row -> row.mapping().group() == group).count();
    }
}
