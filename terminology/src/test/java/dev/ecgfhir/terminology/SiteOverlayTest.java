package dev.ecgfhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ecgfhir.terminology.map.LabelMapException;
import dev.ecgfhir.terminology.map.LabelMapProblem;
import dev.ecgfhir.terminology.map.OverlayFile;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.MetadataResource;
import org.junit.jupiter.api.Test;

class SiteOverlayTest {
    private static final String HEAD =
            "# overlay st-elsewhere 1.2.0\nkind,label,system,code,display,equivalence,language\n";
    private static final String ROWS = HEAD
            + "coding,ATRIAL FIBRILLATION,http://hl7.org/fhir/sid/icd-10,I48.9,\"Atrial fibrillation and flutter, unspecified\",wider,\n"
            + "coding,ATRIAL FIBRILLATION,urn:oid:1.2.3,VHF,Vorhofflimmern,equivalent,\n"
            + "coding,PULMONARY DISEASE PATTERN,urn:oid:1.2.3,PULM,Lungenmuster,equivalent,\n"
            + "coding,ABNORMAL ECG,urn:oid:1.2.3,PATH,Pathologisch,narrower,\n"
            + "display,ATRIAL FIBRILLATION,,,Vorhofflimmern,,de\n"
            + "alert,ATRIAL FIBRILLATION,,urgent,,,\n"
            + "no-snomed-ct,WIDE QRS RHYTHM,,,,,\n";

    private final SiteOverlay overlay = OverlayFile.parse(ROWS, "site.csv", Terminology.labelMap());
    private final LabelMap map = overlay.over(Terminology.labelMap());

    @Test
    void adds_the_sites_codes_behind_those_of_the_map() {
        assertThat(mapping("ATRIAL FIBRILLATION").assertable())
                .extracting(Coding::system, Coding::code)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("http://snomed.info/sct", "164889003"),
                        org.assertj.core.api.Assertions.tuple("http://hl7.org/fhir/sid/icd-10", "I48.9"),
                        org.assertj.core.api.Assertions.tuple("urn:oid:1.2.3", "VHF"));
        assertThat(mapping("ATRIAL FIBRILLATION").alert()).isEqualTo(AlertLevel.URGENT);
        assertThat(mapping("PULMONARY DISEASE PATTERN").equivalence()).isEqualTo(Equivalence.EQUIVALENT);
        assertThat(mapping("ABNORMAL ECG").assertable())
                .as("a narrower code is not asserted")
                .extracting(Coding::code)
                .containsExactly("102594003");
    }

    @Test
    void takes_a_concept_away_that_the_site_does_not_want() {
        assertThat(mapping("WIDE QRS RHYTHM").assertable()).isEmpty();
        assertThat(mapping("WIDE QRS RHYTHM").comment())
                .contains("The site's overlay st-elsewhere-1.2.0 wants no SNOMED CT concept for this label.");
    }

    @Test
    void stands_in_the_maps_version_and_leaves_the_rest_alone() {
        assertThat(map.version()).isEqualTo(Terminology.labelMap().version() + "+st-elsewhere-1.2.0");
        assertThat(mapping("NORMAL ECG"))
                .isEqualTo(Terminology.labelMap().find("NORMAL ECG").orElseThrow());
        LabelMap bundled = Terminology.labelMap();
        assertThat(SiteOverlay.NONE.over(bundled)).isSameAs(bundled);
    }

    @Test
    void is_published_as_a_map_of_its_own_with_designations() {
        ConceptMap site = resource(ConceptMap.class, "ecgfounder-labels-to-site-codes");
        assertThat(site.getGroup())
                .extracting(ConceptMap.ConceptMapGroupComponent::getTarget)
                .containsExactly("http://hl7.org/fhir/sid/icd-10", "urn:oid:1.2.3");
        assertThat(site.getVersion()).isEqualTo(map.version());
        CodeSystem labels = resource(CodeSystem.class, "ecgfounder-labels");
        assertThat(labels.getConcept().get(5).getDesignationFirstRep().getValue())
                .isEqualTo("Vorhofflimmern");
        assertThat(labels.getConcept().get(5).getDesignationFirstRep().getLanguage())
                .isEqualTo("de");
        ConceptMap snomed = resource(ConceptMap.class, "ecgfounder-labels-to-snomed-ct");
        assertThat(snomed.getGroup().stream()
                        .flatMap(group -> group.getElement().stream())
                        .filter(element -> element.getCode().equals("WIDE QRS RHYTHM"))
                        .map(element ->
                                element.getTargetFirstRep().getEquivalence().toCode()))
                .containsExactly("unmatched");
    }

    @Test
    void tells_every_mistake_at_once_with_line_and_label() {
        String text = HEAD
                + "coding,AF,snomed,1 ,,same,de\n"
                + "coding,T WAVE INVERSION NOW EVIDENT IN,http://snomed.info/sct,164889008,X,equivalent,\n"
                + "display,NORMAL ECG,,,,,klingon-\n"
                + "alert,NORMAL ECG,,soon,,,\n"
                + "no-snomed-ct,NORMAL ECG,x,,,,\n"
                + "nonsense,NORMAL ECG,,,,,\n"
                + "coding,NORMAL ECG\n"
                + "no-snomed-ct,NORMAL ECG,,,,,\n";

        LabelMapException exception = catchThrowableOfType(
                LabelMapException.class, () -> OverlayFile.parse(text, "site.csv", Terminology.labelMap()));

        assertThat(exception.problems())
                .extracting(LabelMapProblem::toString)
                .containsExactly(
                        "line 3 'AF': there is no such label; labels are compared whole and exactly",
                        "line 3 'AF': language must be empty on a row of kind coding",
                        "line 3 'AF': system must be an address (http, https or urn), was 'snomed'",
                        "line 3 'AF': code must be words with single spaces between, was '1 '",
                        "line 3 'AF': display is missing",
                        "line 3 'AF': equivalence must be equal, equivalent, wider, narrower, inexact or relatedto"
                                + " (the code relative to the label), was 'same'",
                        "line 4 'T WAVE INVERSION NOW EVIDENT IN': a label that compares or modifies asserts nothing by itself"
                                + " and gets no coding",
                        "line 4 'T WAVE INVERSION NOW EVIDENT IN': code must be a SNOMED CT concept id, was '164889008'",
                        "line 5 'NORMAL ECG': display is missing",
                        "line 5 'NORMAL ECG': language must be a tag such as de or de-CH, was 'klingon-'",
                        "line 6 'NORMAL ECG': code must be critical, urgent or routine, was 'soon'",
                        "line 7 'NORMAL ECG': system must be empty on a row of kind no-snomed-ct",
                        "line 8 'NORMAL ECG': kind must be coding, display, alert or no-snomed-ct, was 'nonsense'",
                        "line 9: 7 fields expected, found 2",
                        "line 10 'NORMAL ECG': the label is named so above already");
    }

    private Mapping mapping(String label) {
        return map.find(label).orElseThrow();
    }

    private <T extends MetadataResource> T resource(Class<T> type, String id) {
        return Terminology.resources(ConceptScope.ALL, overlay).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(resource -> resource.getIdElement().getIdPart().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
