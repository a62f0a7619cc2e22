package dev.ecgfhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContradictionsTest {
    private final Contradictions contradictions = Contradictions.bundled();

    @ParameterizedTest
    @CsvSource({
        "NORMAL ECG, ABNORMAL ECG, NORMAL ECG",
        "ATRIAL FIBRILLATION, NORMAL ECG, NORMAL ECG",
        "NORMAL ECG, ACUTE MI, NORMAL ECG",
        "NORMAL SINUS RHYTHM, ATRIAL FIBRILLATION, NORMAL SINUS RHYTHM",
        "otherwise normal ecg, ABNORMAL ECG, otherwise normal ecg"
    })
    void a_statement_of_normality_gives_way(String one, String other, String yields) {
        assertThat(contradictions.among(List.of(one, other)))
                .singleElement()
                .satisfies(found -> assertThat(found.yields()).contains(yields));
        assertThat(contradictions.among(List.of(other, one))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "SINUS RHYTHM, ATRIAL FIBRILLATION",
        "SINUS BRADYCARDIA, SINUS TACHYCARDIA",
        "ATRIAL FIBRILLATION, WITH 1ST DEGREE AV BLOCK",
        "LEFT AXIS DEVIATION, RIGHT AXIS DEVIATION",
        "RIGHT BUNDLE BRANCH BLOCK, INCOMPLETE RIGHT BUNDLE BRANCH BLOCK",
        "WITH RAPID VENTRICULAR RESPONSE, WITH SLOW VENTRICULAR RESPONSE"
    })
    void between_two_findings_neither_gives_way(String one, String other) {
        assertThat(contradictions.among(List.of(one, other)))
                .singleElement()
                .satisfies(found -> assertThat(found.yields()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "SINUS RHYTHM, SINUS BRADYCARDIA",
        "SINUS RHYTHM, NORMAL SINUS RHYTHM",
        "SINUS RHYTHM, PREMATURE VENTRICULAR COMPLEXES",
        "NORMAL ECG, NORMAL SINUS RHYTHM",
        "NORMAL ECG, EARLY REPOLARIZATION",
        "ABNORMAL ECG, ATRIAL FIBRILLATION",
        "ATRIAL FIBRILLATION, JUNCTIONAL RHYTHM",
        "ST NO LONGER DEPRESSED IN, ST NOW DEPRESSED IN"
    })
    void what_can_be_true_together_is_no_contradiction(String one, String other) {
        assertThat(contradictions.among(List.of(one, other))).isEmpty();
    }

    @Test
    void a_label_that_explains_both_lifts_the_contradiction() {
        assertThat(contradictions.among(List.of("SINUS RHYTHM", "JUNCTIONAL RHYTHM")))
                .hasSize(1);
        assertThat(contradictions.among(List.of("SINUS RHYTHM", "JUNCTIONAL RHYTHM", "WITH AV DISSOCIATION")))
                .isEmpty();
    }

    @Test
    void tells_every_pair_once_with_rule_and_reason() {
        List<Contradiction> found = contradictions.among(
                List.of("NORMAL ECG", "NORMAL SINUS RHYTHM", "ATRIAL FIBRILLATION", "ATRIAL FLUTTER"));

        assertThat(found)
                .extracting(Contradiction::rule)
                .containsExactly(
                        "normal-with-abnormal-rhythm",
                        "normal-with-abnormal-rhythm",
                        "normal-sinus-rhythm",
                        "normal-sinus-rhythm",
                        "atrial-rhythms");
        assertThat(found.get(4))
                .isEqualTo(new Contradiction(
                        "atrial-rhythms",
                        "ATRIAL FIBRILLATION",
                        "ATRIAL FLUTTER",
                        Optional.empty(),
                        "The atria have one of these rhythms at a time."));
    }

    @Test
    void says_nothing_about_labels_that_do_not_exist() {
        assertThat(contradictions.among(List.of("NORMAL", "ABNORMAL"))).isEmpty();
    }

    @Test
    void no_label_excludes_itself() {
        assertThat(contradictions.rules()).isNotEmpty().allSatisfy(rule -> {
            if (!rule.first().equals(rule.second())) {
                assertThat(rule.first()).doesNotContainAnyElementsOf(rule.second());
            }
            assertThat(rule.first()).doesNotHaveDuplicates();
            assertThat(rule.second()).doesNotHaveDuplicates();
        });
    }

    @Test
    void only_statements_of_normality_ever_give_way() {
        assertThat(contradictions.rules())
                .flatExtracting(rule -> rule.yields().stream().toList())
                .isSubsetOf("NORMAL ECG", "otherwise normal ecg", "BORDERLINE ECG", "NORMAL SINUS RHYTHM");
    }
}
