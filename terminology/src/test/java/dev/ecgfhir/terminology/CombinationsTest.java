package dev.ecgfhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.terminology.map.CombinationFile;
import dev.ecgfhir.terminology.map.LabelMapException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CombinationsTest {
    private final Combinations combinations = Combinations.bundled(ConceptScope.ALL);

    @ParameterizedTest
    @CsvSource({
        "ATRIAL FIBRILLATION, WITH RAPID VENTRICULAR RESPONSE, 314208002",
        "PREMATURE VENTRICULAR COMPLEXES, IN A PATTERN OF BIGEMINY, 11157007",
        "PREMATURE ATRIAL COMPLEXES, IN A PATTERN OF BIGEMINY, 251173003",
        "PREMATURE SUPRAVENTRICULAR COMPLEXES, IN A PATTERN OF BIGEMINY, 251168009",
        "PREMATURE ATRIAL COMPLEXES, BLOCKED, 251170000",
        "RIGHT BUNDLE BRANCH BLOCK, LEFT ANTERIOR FASCICULAR BLOCK, 445263008",
        "RIGHT BUNDLE BRANCH BLOCK, LEFT POSTERIOR FASCICULAR BLOCK, 445393004",
        "WITH 2:1 AV CONDUCTION, SINUS BRADYCARDIA, 195042002"
    })
    void gives_two_labels_the_concept_that_says_both(String label, String with, String code) {
        assertThat(combinations.among(List.of(with, label, "LEFT AXIS DEVIATION")))
                .singleElement()
                .satisfies(combined -> {
                    assertThat(combined.label()).isEqualTo(label);
                    assertThat(combined.with()).isEqualTo(with);
                    assertThat(combined.coding().code()).isEqualTo(code);
                });
        assertThat(combinations.among(List.of(label))).isEmpty();
        assertThat(combinations.among(List.of(with))).isEmpty();
    }

    @Test
    void gives_nothing_where_the_modifier_may_belong_to_another_finding() {
        assertThat(combinations.among(
                        List.of("ATRIAL FIBRILLATION", "ATRIAL FLUTTER", "WITH RAPID VENTRICULAR RESPONSE")))
                .isEmpty();
        assertThat(combinations.among(List.of(
                        "PREMATURE VENTRICULAR COMPLEXES", "PREMATURE ATRIAL COMPLEXES", "IN A PATTERN OF BIGEMINY")))
                .isEmpty();
        assertThat(combinations.among(List.of("WITH 2:1 AV CONDUCTION", "SINUS RHYTHM", "ATRIAL FLUTTER")))
                .isEmpty();
    }

    @Test
    void never_makes_an_infarct_acute() {
        assertThat(combinations.among(List.of("INFERIOR INFARCT", "ACUTE"))).isEmpty();
        assertThat(combinations.all())
                .noneMatch(combination -> combination.label().contains("INFARCT")
                        || combination.with().contains("ACUTE"));
    }

    @Test
    void leaves_out_what_is_outside_the_global_patient_set_if_asked() {
        assertThat(Combinations.bundled(ConceptScope.GLOBAL_PATIENT_SET).all())
                .extracting(
                        combination -> combination.target().target().coding().code())
                .containsExactly("314208002", "11157007", "445263008", "445393004", "195042002");
    }

    @Test
    void a_file_is_checked_whole() {
        String text = "# combinations 1.0.0 2026-11-28\n"
                + "name,label,with,unless,text,equivalence,code,display,semanticTag,source,inGlobalPatientSet,comment\n"
                + "a,NO SUCH LABEL,,,,inexact,1,,procedure,,maybe,\n"
                + "too,few\n";

        LabelMapException exception = Assertions.catchThrowableOfType(
                LabelMapException.class, () -> CombinationFile.parse(text, "c.csv", Terminology.labelMap()));

        assertThat(exception.problems())
                .extracting(Object::toString)
                .containsExactly(
                        "line 3 'a': no label 'NO SUCH LABEL'",
                        "line 3 'a': with is missing",
                        "line 3 'a': text is missing",
                        "line 3 'a': equivalence must be equal, equivalent or wider, was 'inexact'",
                        "line 3 'a': code must be a SNOMED CT concept id, was '1'",
                        "line 3 'a': display is missing",
                        "line 3 'a': semanticTag must be finding or disorder, was 'procedure'",
                        "line 3 'a': source is missing",
                        "line 3 'a': inGlobalPatientSet must be true or false, was 'maybe'",
                        "line 3 'a': comment is missing",
                        "line 4 'too': 12 fields expected, found 2");
    }
}
