package dev.ecgfhir.fhir.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.SampledData;

/**
 * A place in an Observation that holds, or should hold, a waveform: a component, or the Observation itself.
 *
 * @param element its FHIR path, for example {@code Observation.component[3]}
 * @param concepts what says which lead it is
 * @param data the waveform; empty if there is no SampledData
 * @param valueMissing true if there is no value of any type
 * @param dataAbsent true if a dataAbsentReason is given
 */
record LeadElement(
        String element,
        List<CodeableConcept> concepts,
        Optional<SampledData> data,
        boolean valueMissing,
        boolean dataAbsent) {
    private static final Pattern MEDIAN = Pattern.compile(
            "(?<!\\p{L})(?:median|average|averaged|template|representative|gemittelt|gemittelter)(?!\\p{L})",
            Pattern.CASE_INSENSITIVE);

    /** Returns all of an Observation: itself if it has a SampledData as its value, then its components in order. */
    static List<LeadElement> of(Observation observation) {
        List<LeadElement> elements = new ArrayList<>();
        if (observation.hasValueSampledData()) {
            elements.add(new LeadElement(
                    "Observation",
                    List.of(observation.getCode(), observation.getBodySite()),
                    Optional.of(observation.getValueSampledData()),
                    false,
                    observation.hasDataAbsentReason()));
        }
        int index = 0;
        for (Observation.ObservationComponentComponent component : observation.getComponent()) {
            elements.add(new LeadElement(
                    "Observation.component[" + index++ + "]",
                    List.of(component.getCode()),
                    component.hasValueSampledData() ? Optional.of(component.getValueSampledData()) : Optional.empty(),
                    !component.hasValue(),
                    component.hasDataAbsentReason()));
        }
        return elements;
    }

    /** Returns the FHIR path of the SampledData. */
    String path() {
        return element + ".valueSampledData";
    }

    /** Tells whether it is a lead for which the sender says that there are no samples. */
    boolean isAbsent() {
        return valueMissing || (dataAbsent && data.map(d -> !d.hasData()).orElse(false));
    }

    RecognisedLead lead() {
        return RecognisedLead.of(concepts.toArray(CodeableConcept[]::new));
    }

    /** Tells whether codes, displays and texts are the same. */
    boolean isLabelledLike(LeadElement other) {
        return Base.compareDeep(concepts, other.concepts, false);
    }

    boolean isEcg() {
        return concepts.stream().anyMatch(EcgEvidence::in);
    }

    /** Tells whether a code or text says that this is an averaged beat and not the recording itself. */
    boolean isMedianBeat() {
        return concepts.stream()
                .flatMap(concept -> Stream.concat(
                        Stream.ofNullable(concept.getText()),
                        concept.getCoding().stream().flatMap(LeadElement::words)))
                .anyMatch(word -> MEDIAN.matcher(word).find());
    }

    private static Stream<String> words(Coding coding) {
        return Stream.concat(Stream.ofNullable(coding.getCode()), Stream.ofNullable(coding.getDisplay()));
    }
}
