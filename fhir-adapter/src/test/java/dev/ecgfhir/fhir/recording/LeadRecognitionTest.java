package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeadRecognitionTest {
    private static final String VENDOR = "http://vendor.example/leads";

    @ParameterizedTest
    @EnumSource(Lead.class)
    void knows_every_lead_by_mdc_in_both_systems(Lead lead) {
        String code = EcgObservation.CODES.get(lead);
        for (String system : new String[] {EcgObservation.MDC, EcgObservation.MDC_ISO}) {
            RecognisedLead recognised = RecognisedLead.of(concept(system, code, null));
            assertThat(recognised.statement().flatMap(LeadStatement::lead)).contains(lead);
            assertThat(recognised.by()).isEqualTo("MDC " + code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "272729005, LP7386-8, 131073, 2:257, 2:1, I", "272730000, LP7387-6, 131074, 2:258, 2:2, II",
                "272731001, LP7388-4, 131133, 2:317, 2:61, III",
        "257474006, LP7385-0, 131134, 2:318, 2:62, aVR", "257473000, LP7384-3, 131135, 2:319, 2:63, aVL",
                "257472005, LP7383-5, 131136, 2:320, 2:64, aVF",
        "257475007, LP7389-2, 131075, 2:259, 2:3, V1", "257476008, LP7390-0, 131076, 2:260, 2:4, V2",
                "257477004, LP7391-8, 131077, 2:261, 2:5, V3",
        "257478009, LP7392-6, 131078, 2:262, 2:6, V4", "257479001, LP7393-4, 131079, 2:263, 2:7, V5",
                "257480003, LP7394-2, 131080, 2:264, 2:8, V6"
    })
    void knows_snomed_loinc_parts_and_the_sibling_codes(
            String snomed, String loinc, String sibling, String partition, String siblingPartition, String lead) {
        assertThat(name(concept(EcgObservation.SNOMED, snomed, null))).contains(lead);
        assertThat(name(concept(EcgObservation.LOINC, loinc, null))).contains(lead);
        assertThat(name(concept(EcgObservation.MDC, sibling, null))).contains(lead);
        assertThat(name(concept(EcgObservation.MDC, partition, null))).contains(lead);
        assertThat(name(concept(EcgObservation.MDC, siblingPartition, null))).contains(lead);
    }

    @ParameterizedTest
    @CsvSource({
        "I, I",
        "Lead I, I",
        "lead ii, II",
        "Ableitung III, III",
        "aVR, aVR",
        "AVL, aVL",
        "MDC_ECG_ELEC_POTL_AVF, aVF",
        "MDC_ECG_LEAD_V1, V1",
        "C2, V2",
        "ECG lead V3, V3",
        "EKG-Ableitung V4, V4",
        "V5 lead, V5",
        "Dérivation V6, V6",
        "DII, II",
        "Lead: I, I",
        "'  Lead   II ', II",
        "-aVR, -aVR",
        "\u2212aVR, -aVR",
        "aVR (inverted), -aVR",
        "V7, V7",
        "V3R, V3R",
        "X, X",
        "MLII, MLII"
    })
    void reads_a_lead_from_a_text(String text, String lead) {
        assertThat(name(new CodeableConcept().setText(text))).contains(lead);
        assertThat(name(concept(VENDOR, "17", text))).contains(lead);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12-lead ECG",
                "Lead",
                "Lead 1",
                "IV",
                "V10",
                "I and II",
                "Patient I",
                "Heart rate",
                "Lead I, filtered",
                "",
                "aV",
                "Lead-aVR",
                "VV1",
                "IIII",
                "Typ II",
                "MDC_ECG_HEART_RATE",
                "MDC_ECG_ELEC_POTL",
                "Pleth V1"
            })
    void reads_no_lead_from_other_texts(String text) {
        assertThat(name(new CodeableConcept().setText(text))).isEmpty();
    }

    @Test
    void reads_a_vendors_code_only_if_it_is_a_leads_name_and_nothing_else_speaks() {
        assertThat(RecognisedLead.of(concept(VENDOR, "aVF", null)).by()).isEqualTo("local code");
        assertThat(name(concept(VENDOR, "aVF", null))).contains("aVF");
        assertThat(name(concept(VENDOR, "C1", null))).isEmpty();
        assertThat(name(concept(VENDOR, "131329", null))).isEmpty();
    }

    @Test
    void reads_the_display_where_the_code_is_mistyped() {
        RecognisedLead recognised = RecognisedLead.of(concept(EcgObservation.LOINC, "LP7386-6", "II"));
        assertThat(recognised.statement().map(LeadStatement::name)).contains("II");
        assertThat(recognised.by()).isEqualTo("display");
    }

    @ParameterizedTest
    @CsvSource({
        "131392, MDC_ECG_ELEC_POTL_AVR",
        "131331, MDC_ECG_ELEC_POTL_III",
        "131390, -aVR",
        "131393, aVR",
        "131329, Lead II",
        "131337, V1",
        "131395, V1"
    })
    void is_a_conflict_where_code_and_display_disagree(String code, String display) {
        RecognisedLead recognised = RecognisedLead.of(concept(EcgObservation.MDC, code, display));
        assertThat(recognised.statement()).isEmpty();
        assertThat(recognised.conflict()).isPresent();
    }

    @Test
    void is_no_conflict_among_leads_that_are_left_out_anyway() {
        assertThat(RecognisedLead.of(concept(EcgObservation.MDC, "131395", "V")).conflict())
                .isEmpty();
    }

    @Test
    void is_a_conflict_between_two_codings_or_with_the_text() {
        CodeableConcept two = concept(EcgObservation.MDC, "131329", null);
        two.addCoding(new Coding(EcgObservation.SNOMED, "272730000", null));
        assertThat(RecognisedLead.of(two).conflict()).contains("MDC 131329 says I, SNOMED CT 272730000 says II");
        CodeableConcept text = concept(EcgObservation.MDC, "131329", null).setText("Lead II");
        assertThat(RecognisedLead.of(text).conflict()).contains("MDC 131329 says I, text says II");
    }

    private static Optional<String> name(CodeableConcept concept) {
        return RecognisedLead.of(concept).statement().map(LeadStatement::name);
    }

    private static CodeableConcept concept(String system, String code, String display) {
        return new CodeableConcept().addCoding(new Coding(system, code, display));
    }
}
