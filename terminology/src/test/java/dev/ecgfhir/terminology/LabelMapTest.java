package dev.ecgfhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelMapTest {
    private final LabelMap map = Terminology.labelMap();

    @Test
    void has_each_label_of_the_network_once_at_its_index() {
        List<List<String>> labels = Csv.rows("labels.csv");

        assertThat(labels).hasSize(150);
        assertThat(map.mappings())
                .extracting(mapping -> List.of(Integer.toString(mapping.index()), mapping.label()))
                .isEqualTo(labels);
    }

    @Test
    void finds_each_label_by_its_whole_name() {
        assertThat(map.mappings())
                .allSatisfy(mapping -> assertThat(map.find(mapping.label())).contains(mapping));
    }

    @Test
    void never_finds_a_part_of_a_label_nor_another_case() {
        for (Mapping mapping : map.mappings()) {
            String label = mapping.label();
            IntStream.range(1, label.length())
                    .forEach(
                            end -> assertThat(map.find(label.substring(0, end))).isNotEqualTo(Optional.of(mapping)));
            assertThat(map.find(label + " ")).isEmpty();
            assertThat(map.find(label.toLowerCase(Locale.ROOT)))
                    .isIn(Optional.empty(), Optional.of(mapping))
                    .isEqualTo(label.equals(label.toLowerCase(Locale.ROOT)) ? Optional.of(mapping) : Optional.empty());
        }
    }

    @Test
    void tells_normal_ecg_from_otherwise_normal_and_abnormal_ecg() {
        assertThat(code("NORMAL ECG")).contains("164854000");
        assertThat(code("ABNORMAL ECG")).contains("102594003");
        assertThat(code("otherwise normal ecg")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VOLTAGE CRITERIA FOR LEFT VENTRICULAR HYPERTROPHY",
                "CONSIDER RIGHT VENTRICULAR INVOLVEMENT IN ACUTE INFERIOR INFARCT",
                "OR DIGITALIS EFFECT",
                "MASKED BY FASCICULAR BLOCK",
                "ANTEROLATERAL LEADS",
                "ACUTE",
                "BLOCKED",
                "WITH RAPID VENTRICULAR RESPONSE",
                "WITH SLOW VENTRICULAR RESPONSE",
                "SUSPECT UNSPECIFIED PACEMAKER FAILURE",
                "PEDIATRIC ECG ANALYSIS",
                "UNDETERMINED RHYTHM"
            })
    void gives_no_target_to_a_label_that_asserts_nothing_by_itself(String label) {
        assertThat(mapping(label).equivalence()).isEqualTo(Equivalence.UNMATCHED);
        assertThat(mapping(label).target()).isEmpty();
        assertThat(mapping(label).comment()).isPresent();
    }

    @Test
    void asserts_nothing_for_a_comparison_with_an_earlier_ecg() {
        String comparing = ".*( NOW | NO LONGER | LESS | MORE |HAS |HAVE | IN$).*";

        assertThat(map.mappings())
                .filteredOn(mapping -> mapping.label().matches(comparing))
                .hasSize(22)
                .allSatisfy(mapping -> {
                    assertThat(mapping.group()).isEqualTo(LabelGroup.COMPARISON);
                    assertThat(mapping.target()).isEmpty();
                    assertThat(mapping.text()).endsWith(", compared with an earlier ECG");
                });
        assertThat(map.mappings())
                .filteredOn(mapping -> mapping.group() == LabelGroup.COMPARISON)
                .hasSize(22);
    }

    @Test
    void gives_an_infarct_without_an_age_neither_an_acute_nor_an_old_concept() {
        assertThat(map.mappings())
                .filteredOn(mapping -> mapping.label().matches("[A-Z-]+ INFARCT"))
                .hasSize(8)
                .allSatisfy(mapping -> {
                    assertThat(mapping.target().orElseThrow().display())
                            .containsIgnoringCase("infarction")
                            .containsIgnoringCase("electrocardiogram")
                            .doesNotContainIgnoringCase("acute")
                            .doesNotContainIgnoringCase("old");
                    assertThat(mapping.text()).endsWith("age not stated");
                });
    }

    @Test
    void says_acute_only_where_the_label_says_it() {
        assertThat(map.mappings())
                .filteredOn(mapping -> mapping.targets().stream()
                        .anyMatch(target -> target.coding().display().contains("cute")))
                .extracting(Mapping::label)
                .containsExactly("ACUTE MI / STEMI", "ACUTE MI", "ACUTE PERICARDITIS");
    }

    @Test
    void never_asserts_an_acute_disorder_of_the_patient_from_one_ecg() {
        assertThat(map.mappings())
                .flatMap(Mapping::assertable)
                .noneMatch(coding -> coding.display().contains("cute"));
        assertThat(mapping("ACUTE MI").assertable()).extracting(Coding::code).containsExactly("164865005");
        assertThat(mapping("ACUTE MI").targets())
                .extracting(target -> target.coding().code(), Target::equivalence)
                .containsExactly(tuple("164865005", Equivalence.WIDER), tuple("57054005", Equivalence.INEXACT));
    }

    @ParameterizedTest
    @CsvSource({
        "WIDE QRS TACHYCARDIA, 6285003, 991002",
        "BIATRIAL ENLARGEMENT, 253339007, 253352002",
        "BIVENTRICULAR HYPERTROPHY, 164877000, 25488008",
        "INFERIOR-POSTERIOR INFARCT, 7326005, 73999000",
        "PREMATURE VENTRICULAR AND FUSION COMPLEXES, 427172004, 13640000"
    })
    void says_both_halves_of_a_label_that_no_single_concept_says(String label, String first, String second) {
        assertThat(mapping(label).equivalence()).isEqualTo(Equivalence.WIDER);
        assertThat(mapping(label).assertable()).extracting(Coding::code).containsExactly(first, second);
    }

    @Test
    void says_no_half_of_a_label_where_the_leading_half_may_not_be_used() {
        LabelMap limited = Terminology.labelMap(ConceptScope.GLOBAL_PATIENT_SET);

        assertThat(limited.find("BIATRIAL ENLARGEMENT").orElseThrow().assertable())
                .isEmpty();
        assertThat(limited.find("BIVENTRICULAR HYPERTROPHY").orElseThrow().assertable())
                .isEmpty();
        assertThat(limited.find("WIDE QRS TACHYCARDIA").orElseThrow().assertable())
                .extracting(Coding::code)
                .containsExactly("6285003");
    }

    @Test
    void raises_the_alert_of_what_cannot_wait() {
        assertThat(map.mappings())
                .filteredOn(mapping -> mapping.alert() == AlertLevel.CRITICAL)
                .extracting(Mapping::label)
                .containsExactlyInAnyOrder(
                        "ACUTE MI",
                        "ACUTE MI / STEMI",
                        "LATERAL INJURY PATTERN",
                        "INFERIOR INJURY PATTERN",
                        "ANTERIOR INJURY PATTERN",
                        "INFEROLATERAL INJURY PATTERN",
                        "ANTEROLATERAL INJURY PATTERN",
                        "CONSIDER RIGHT VENTRICULAR INVOLVEMENT IN ACUTE INFERIOR INFARCT",
                        "VENTRICULAR TACHYCARDIA",
                        "WIDE QRS TACHYCARDIA",
                        "WITH COMPLETE HEART BLOCK");
        assertThat(map.mappings())
                .filteredOn(mapping -> mapping.group() == LabelGroup.COMPARISON)
                .allSatisfy(mapping -> assertThat(mapping.alert()).isEqualTo(AlertLevel.ROUTINE));
    }

    @Test
    void never_calls_a_wide_qrs_tachycardia_ventricular() {
        assertThat(mapping("WIDE QRS TACHYCARDIA").targets())
                .extracting(target -> target.coding().code())
                .doesNotContain("164895002", "25569003", "426761007");
        assertThat(code("VENTRICULAR TACHYCARDIA")).contains("164895002");
    }

    @ParameterizedTest
    @CsvSource({
        "RBBB AND LEFT ANTERIOR FASCICULAR BLOCK, 445263008",
        "RBBB AND LEFT POSTERIOR FASCICULAR BLOCK, 445393004",
        "BIFASCICULAR BLOCK, 445481009",
        "WITH 1ST DEGREE AV BLOCK, 270492004",
        "WITH COMPLETE HEART BLOCK, 164906009",
        "ATRIAL FIBRILLATION, 164889003",
        "SINUS RHYTHM, 426783006",
        "LEFT VENTRICULAR HYPERTROPHY, 25488008"
    })
    void codes_what_a_concept_truly_says(String label, String code) {
        assertThat(mapping(label).equivalence()).isEqualTo(Equivalence.EQUIVALENT);
        assertThat(code(label)).contains(code);
    }

    @Test
    void explains_each_target_that_is_not_the_same_and_each_missing_one() {
        assertThat(map.mappings())
                .filteredOn(mapping -> !mapping.equivalence().sameMeaning())
                .isNotEmpty()
                .allSatisfy(mapping -> assertThat(mapping.comment().orElse("")).hasSizeGreaterThan(20));
    }

    @Test
    void lets_a_report_assert_only_what_is_true_wherever_the_label_is_true() {
        assertThat(mapping("MARKED SINUS BRADYCARDIA").equivalence()).isEqualTo(Equivalence.WIDER);
        assertThat(mapping("MARKED SINUS BRADYCARDIA").assertable()).hasSize(1);
        assertThat(mapping("BORDERLINE ECG").equivalence()).isEqualTo(Equivalence.INEXACT);
        assertThat(mapping("BORDERLINE ECG").target()).isPresent();
        assertThat(mapping("BORDERLINE ECG").assertable()).isEmpty();
    }

    @Test
    void leaves_out_what_is_outside_the_global_patient_set_if_asked() {
        LabelMap limited = Terminology.labelMap(ConceptScope.GLOBAL_PATIENT_SET);

        assertThat(limited.mappings()).hasSize(150);
        assertThat(limited.find("SINUS RHYTHM").orElseThrow().target()).isEmpty();
        assertThat(limited.find("SINUS RHYTHM").orElseThrow().comment())
                .contains("The concept is outside the SNOMED CT Global Patient Set, to which this map is limited.");
        assertThat(limited.find("ATRIAL FIBRILLATION").orElseThrow().assertable())
                .isEqualTo(mapping("ATRIAL FIBRILLATION").assertable());
        assertThat(limited.find("ATRIAL FIBRILLATION").orElseThrow().comment())
                .contains(
                        "The finding on the ECG; Atrial fibrillation (disorder) would be a diagnosis of the patient.");
    }

    @Test
    void has_a_wording_for_readers_that_is_the_labels_own() {
        assertThat(map.mappings())
                .extracting(Mapping::text)
                .doesNotHaveDuplicates()
                .allSatisfy(text ->
                        assertThat(text).isNotBlank().doesNotStartWith("With ").doesNotEndWith(" in"));
        assertThat(mapping("PREMATURE VENTRICULAR COMPLEXES").text()).isEqualTo("Premature ventricular complexes");
    }

    private Mapping mapping(String label) {
        return map.find(label).orElseThrow();
    }

    private Optional<String> code(String label) {
        return mapping(label).target().map(Coding::code);
    }
}
