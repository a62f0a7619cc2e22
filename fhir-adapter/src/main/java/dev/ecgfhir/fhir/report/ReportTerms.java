package dev.ecgfhir.fhir.report;

import java.util.List;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations;

/**
 * The few terms of our own in a report, for which no standard code was found, as a published CodeSystem, and the addresses of others'.
 */
public final class ReportTerms {
    /** Address of our CodeSystem of report terms. */
    public static final String SYSTEM = "https://ecgfhir.dev/CodeSystem/report-terms";

    /** Address of the CodeSystem of the network's labels. */
    public static final String LABELS = "https://ecgfhir.dev/CodeSystem/ecgfounder-labels";

    /** Address of the ConceptMap from labels to SNOMED CT. */
    public static final String CONCEPT_MAP = "https://ecgfhir.dev/ConceptMap/ecgfounder-labels-to-snomed-ct";

    static final String VERSION = "1.2.0";
    static final String UCUM = "http://unitsofmeasure.org";
    static final String LOINC = "http://loinc.org";
    static final String OBSERVATION_VALUE = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    static final String INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    static final Term SCORES = new Term(
            "scores",
            "Scores of all labels",
            "All outputs of an ECG network for one recording, one component a label.");
    static final Term SCORE =
            new Term("score", "Score", "A network's sigmoid output for one label, 0..1; not a calibrated probability.");
    static final Term PROBABILITY = new Term(
            "calibrated-probability",
            "Calibrated probability",
            "Probability of a label, calibrated on labelled recordings by the table of thresholds that the report names.");
    static final Term POSITIVE_RANGE = new Term(
            "positive-range", "Range of positive scores", "The label is positive from this score on, inclusive.");
    static final Term SOFTWARE = new Term("software", "Software", "Version of the software.");
    static final Term MODEL = new Term("model", "Model", "Checkpoint of the network, by the hash of its file.");
    static final Term THRESHOLDS = new Term("thresholds", "Thresholds", "Version of the table of thresholds.");
    static final Term TERMINOLOGY =
            new Term("terminology", "Terminology", "Version of the ConceptMap from labels to SNOMED CT.");
    static final Term PRECISION = new Term(
            "precision",
            "Precision",
            "Number format in which the network ran, where it is not float32; scores differ from those of the network as published.");
    static final Term LEADS = new Term("leads", "Leads", "Number of leads that the network takes.");
    static final Term WEIGHTS = new Term("weights", "Weights", "Kind of weights in the network.");
    static final Term DEMONSTRATION_WEIGHTS = new Term(
            "demonstration-weights",
            "Demonstration weights",
            "Bundled weights that are not ECGFounder, not validated and for demonstration only.");
    static final Term GIVEN_WEIGHTS = new Term(
            "given-weights", "Weights given by the operator", "Weights that the operator of the software chose.");

    private static final List<Term> TERMS = List.of(
            SCORES,
            SCORE,
            PROBABILITY,
            POSITIVE_RANGE,
            SOFTWARE,
            MODEL,
            THRESHOLDS,
            TERMINOLOGY,
            PRECISION,
            LEADS,
            WEIGHTS,
            DEMONSTRATION_WEIGHTS,
            GIVEN_WEIGHTS);

    private ReportTerms() {}

    /**
     * One term.
     *
     * @param code its code
     * @param display what a reader sees
     * @param definition what it means
     */
    record Term(String code, String display, String definition) {}

    /** Returns our CodeSystem, for publishing beside the terminology of the labels. */
    public static CodeSystem codeSystem() {
        CodeSystem system = new CodeSystem();
        system.setId("report-terms");
        system.setUrl(SYSTEM)
                .setVersion(VERSION)
                .setName("EcgReportTerms")
                .setTitle("Terms in ECG reports")
                .setStatus(Enumerations.PublicationStatus.ACTIVE)
                .setExperimental(false)
                .setDescription("Terms of ECGFounder for FHIR for which no standard code was found.")
                .setCaseSensitive(true)
                .setContent(CodeSystem.CodeSystemContentMode.COMPLETE)
                .setCount(TERMS.size());
        TERMS.forEach(term -> system.addConcept()
                .setCode(term.code())
                .setDisplay(term.display())
                .setDefinition(term.definition()));
        system.setText(new Xhtml(ReportLanguage.ENGLISH)
                .table(
                        List.of("Code", "Display", "Definition"),
                        TERMS.stream()
                                .map(term -> List.of(term.code(), term.display(), term.definition()))
                                .toList())
                .toNarrative());
        return system;
    }

    static CodeableConcept term(Term term) {
        return new CodeableConcept().addCoding(new Coding(SYSTEM, term.code(), term.display()));
    }

    /** The label's own code is its name, exactly as the network's list has it. */
    static Coding label(String name) {
        return new Coding().setSystem(LABELS).setCode(name);
    }

    static CodeableConcept interpretation(String code, String display, String text) {
        return new CodeableConcept()
                .addCoding(new Coding(INTERPRETATION, code, display))
                .setText(text);
    }

    /** The security label of what an artificial intelligence asserted. Reference: HL7 v3-ObservationValue, AIAST. */
    static Coding assertedByAi() {
        return new Coding(OBSERVATION_VALUE, "AIAST", "Artificial Intelligence asserted");
    }
}
