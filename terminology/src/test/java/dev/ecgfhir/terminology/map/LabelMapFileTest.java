package dev.ecgfhir.terminology.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ecgfhir.terminology.AlertLevel;
import dev.ecgfhir.terminology.Coding;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.Equivalence;
import dev.ecgfhir.terminology.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelMapFileTest {
    private static final String TITLE = "# my-map 2.1.0 2026-11-24\n";
    private static final String COLUMNS = String.join(",", LabelMapFile.COLUMNS) + "\n";
    private static final String FIBRILLATION =
            "0,AF,Atrial fibrillation,RHYTHM,equivalent,164889003,Electrocardiographic atrial fibrillation,finding,A; B,true,,urgent,Guideline\n";

    @Test
    void reads_name_version_date_and_rows() {
        LabelMapFile file = LabelMapFile.parse(TITLE + COLUMNS + FIBRILLATION, "my.csv");

        assertThat(file.name()).isEqualTo("my-map");
        assertThat(file.version()).isEqualTo("2.1.0");
        assertThat(file.date()).isEqualTo("2026-11-24");
        assertThat(file.rows()).singleElement().satisfies(row -> {
            assertThat(row.targets()).singleElement().satisfies(target -> {
                assertThat(target.sources()).containsExactly("A", "B");
                assertThat(target.inGlobalPatientSet()).isTrue();
            });
            assertThat(row.mapping().alert()).isEqualTo(AlertLevel.URGENT);
            assertThat(row.alertSource()).isEqualTo("Guideline");
        });
        LabelMap map = file.labelMap(ConceptScope.ALL);
        assertThat(map.version()).isEqualTo("2.1.0");
        assertThat(map.find("AF")).isPresent();
    }

    @Test
    void reads_lines_that_end_as_on_windows_and_quoted_fields() {
        String row =
                "0,AF,\"Atrial \"\"fib\"\", so called\",RHYTHM,unmatched,,,,,,\"Why,\r\nor not\",routine,default\r\n";

        LabelMapFile file = LabelMapFile.parse((TITLE + COLUMNS).replace("\n", "\r\n") + row, "my.csv");

        assertThat(file.rows().get(0).mapping().text()).isEqualTo("Atrial \"fib\", so called");
        assertThat(file.rows().get(0).mapping().comment()).contains("Why,\r\nor not");
    }

    @Test
    void reports_every_mistake_at_once_with_line_and_label() {
        String text = TITLE + COLUMNS + FIBRILLATION
                + "2,AFL,Atrial flutter,RHYTHM,narrower,164890008,,observable entity,,perhaps,,soon,\n"
                + "too,few\n"
                + "2,AF,,NONSENSE,same,164889003,Other,finding,A,true,Because,critical,default\n";

        LabelMapException exception =
                catchThrowableOfType(LabelMapException.class, () -> LabelMapFile.parse(text, "my.csv"));

        assertThat(exception.problems())
                .extracting(LabelMapProblem::toString)
                .containsExactly(
                        "line 4 'AFL': alert must be critical, urgent or routine, was 'soon'",
                        "line 4 'AFL': alertSource is missing; it is default for a routine level that no guidance raises",
                        "line 4 'AFL': a row that is narrower needs a comment that says why",
                        "line 4 'AFL': code must be a SNOMED CT concept id, was '164890008'",
                        "line 4 'AFL': display is missing",
                        "line 4 'AFL': semanticTag must be finding or disorder, was 'observable entity'",
                        "line 4 'AFL': source is missing",
                        "line 4 'AFL': inGlobalPatientSet must be true or false, was 'perhaps'",
                        "line 4 'AFL': indexes must be 0, 1, 2 ...: expected 1, was '2'",
                        "line 5: 13 fields expected, found 2",
                        "line 6 'AF': text is missing",
                        "line 6 'AF': group must be one of [RHYTHM, ECTOPY, PACING, CONDUCTION, INFARCT_ISCHAEMIA, HYPERTROPHY,"
                                + " AXIS_VOLTAGE, REPOLARISATION, OTHER, NORMALITY, MODIFIER, COMPARISON], was 'NONSENSE'",
                        "line 6 'AF': a level that is not routine needs an alertSource other than default",
                        "line 6 'AF': equivalence must be one of equal, equivalent, wider, narrower, inexact, relatedto, unmatched,"
                                + " was 'same'",
                        "line 6 'AF': the label stands on line 3 already",
                        "line 6 'AF': code 164889003 has other facts here [Other, finding, A, true] than on line 3"
                                + " [Electrocardiographic atrial fibrillation, finding, A; B, true]");
        assertThat(exception).hasMessageStartingWith("my.csv has 16 mistakes:\n  line 4 'AFL': ");
    }

    @Test
    void a_row_that_repeats_a_label_adds_a_target_to_it() {
        String more = "0,AF,,,wider,233917008,Atrioventricular block,disorder,C,false,The other half,,\n";

        LabelMapFile file = LabelMapFile.parse(TITLE + COLUMNS + FIBRILLATION + more, "my.csv");

        assertThat(file.rows()).singleElement().satisfies(row -> {
            assertThat(row.targets()).hasSize(2);
            assertThat(row.mapping().assertable()).extracting(Coding::code).containsExactly("164889003", "233917008");
            assertThat(row.mapping().equivalence()).isEqualTo(Equivalence.EQUIVALENT);
        });
    }

    @Test
    void refuses_a_further_target_of_another_label_and_of_an_unmatched_one() {
        String text = TITLE + COLUMNS + "0,AF,,,wider,164889003,X,finding,C,false,The other half,,\n"
                + "0,AF,Fibrillation,RHYTHM,unmatched,,,,,,Why not,routine,default\n"
                + "0,AF,,,wider,164889003,X,finding,C,false,The other half,,\n"
                + "0,AF,,,unmatched,,,,,,Nothing,,\n";

        LabelMapException exception =
                catchThrowableOfType(LabelMapException.class, () -> LabelMapFile.parse(text, "my.csv"));

        assertThat(exception.problems())
                .extracting(LabelMapProblem::toString)
                .containsExactly(
                        "line 3 'AF': a row without text, group and alert adds a target to the label above, which is another one",
                        "line 5 'AF': the label above is unmatched, so it cannot have a further target",
                        "line 6 'AF': a row that adds a target cannot be unmatched",
                        "line 6 'AF': the label above is unmatched, so it cannot have a further target");
    }

    @ParameterizedTest
    @CsvSource({"MODIFIER", "COMPARISON"})
    void refuses_a_target_for_what_asserts_nothing_by_itself(String group) {
        assertThatThrownBy(() -> LabelMapFile.parse(TITLE + COLUMNS + FIBRILLATION.replace("RHYTHM", group), "my.csv"))
                .isInstanceOf(LabelMapException.class)
                .hasMessage("my.csv has 1 mistake:\n  line 3 'AF': a row of group " + group
                        + " must be unmatched: it asserts nothing by itself");
    }

    @Test
    void refuses_a_code_on_an_unmatched_row() {
        String row = FIBRILLATION.replace("equivalent", "unmatched").replace("true,,", "true,Why not,");

        assertThatThrownBy(() -> LabelMapFile.parse(TITLE + COLUMNS + row, "my.csv"))
                .hasMessageContaining(
                        "an unmatched row has no code, display, semanticTag, source and inGlobalPatientSet");
    }

    @Test
    void refuses_a_file_without_title() {
        assertThatThrownBy(() -> LabelMapFile.parse(COLUMNS + FIBRILLATION, "my.csv"))
                .hasMessageContaining("line 1: must be '# NAME VERSION DATE'");
    }

    @Test
    void refuses_a_day_that_does_not_exist() {
        assertThatThrownBy(() -> LabelMapFile.parse("# my-map 1.0.0 2026-02-30\n" + COLUMNS + FIBRILLATION, "my.csv"))
                .hasMessageContaining("line 1: no date: '2026-02-30'");
    }

    @Test
    void refuses_other_columns() {
        assertThatThrownBy(() -> LabelMapFile.parse(TITLE + "index,label\n" + FIBRILLATION, "my.csv"))
                .hasMessageContaining("line 2: the columns must be index,label,text,");
    }

    @Test
    void refuses_an_empty_table() {
        assertThatThrownBy(() -> LabelMapFile.parse(TITLE + COLUMNS, "my.csv")).hasMessageContaining("no rows");
    }

    @Test
    void refuses_a_quoted_field_without_end() {
        assertThatThrownBy(() -> LabelMapFile.parse(TITLE + COLUMNS + "0,\"AF", "my.csv"))
                .hasMessageContaining("line 3: a quoted field has no end");
    }
}
