package dev.ecgfhir.fhir.recording;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;

/** What is judged of an Observation before its samples are looked at: whether it is ours to read, and whether it may be read at all. */
final class Eligibility {
    /** Systems of the identifiers of this product's reports and result Observations. */
    private static final Set<String> OWN_RESULTS =
            Set.of("https://ecgfhir.dev/identifier/report", "https://ecgfhir.dev/identifier/resource");

    /** Start of all identifier systems of this product; its Devices carry one of them. */
    private static final String OWN = "https://ecgfhir.dev/identifier/";

    private Eligibility() {}

    /** Returns why the Observation is none of ours, before its elements are looked at. */
    static Optional<ReadOutcome> ignoredAtOnce(Observation observation) {
        if (isOwnResult(observation)) {
            return ignored(IgnoreReason.OWN_RESULT, "the Observation was written by this product");
        }
        if (observation.getStatus() == null) {
            return Optional.empty();
        }
        return switch (observation.getStatus()) {
            case ENTEREDINERROR, CANCELLED, REGISTERED ->
                ignored(
                        IgnoreReason.STATUS,
                        "status is " + observation.getStatus().toCode()
                                + "; read are preliminary, final, amended and corrected");
            default -> Optional.empty();
        };
    }

    /** Returns why the elements hold no ECG. */
    static Optional<ReadOutcome> ignored(Observation observation, List<LeadElement> elements) {
        long waveforms =
                elements.stream().filter(element -> element.data().isPresent()).count();
        if (waveforms == 0) {
            return ignored(
                    IgnoreReason.NO_WAVEFORM,
                    "no SampledData, neither as value nor in " + elements.size() + " components");
        }
        boolean ecg = EcgEvidence.in(observation.getCode()) || elements.stream().anyMatch(LeadElement::isEcg);
        return ecg
                ? Optional.empty()
                : ignored(
                        IgnoreReason.NOT_AN_ECG,
                        waveforms + " SampledData, but no code or text says that it is an ECG");
    }

    static void checkComplete(Observation observation) throws Refusal {
        for (Coding tag : observation.getMeta().getTag()) {
            if ("SUBSETTED".equals(tag.getCode())) {
                throw new Refusal(
                        RefusalReason.SUBSETTED,
                        "Observation.meta.tag",
                        "the tag SUBSETTED says that elements were left out; expected the full resource, read without _summary and _elements");
            }
        }
    }

    /** FHIR forbids to process what carries a modifier that is not understood. */
    static void checkModifiers(Observation observation) throws Refusal {
        if (!observation.hasStatus()) {
            throw new Refusal(
                    RefusalReason.UNREADABLE,
                    "Observation.status",
                    "status is missing, so a withdrawn ECG could not be told; expected preliminary, final, amended or corrected");
        }
        if (observation.hasImplicitRules()) {
            throw modifier("Observation.implicitRules", observation.getImplicitRules());
        }
        checkExtensions("Observation.modifierExtension", observation.getModifierExtension());
        int index = 0;
        for (Observation.ObservationComponentComponent component : observation.getComponent()) {
            checkExtensions(
                    "Observation.component[" + index++ + "].modifierExtension", component.getModifierExtension());
        }
    }

    private static void checkExtensions(String element, List<Extension> extensions) throws Refusal {
        if (!extensions.isEmpty()) {
            String url = extensions.get(0).getUrl();
            throw modifier(element, url == null ? "" : url);
        }
    }

    private static Refusal modifier(String element, String url) {
        return new Refusal(
                RefusalReason.UNSUPPORTED_FORM,
                element,
                Quoted.of(url) + " may change the meaning of the ECG and is not understood; expected no modifier");
    }

    private static boolean isOwnResult(Observation observation) {
        Stream<String> own = observation.getIdentifier().stream().flatMap(Eligibility::system);
        Stream<String> device = system(observation.getDevice().getIdentifier());
        return own.anyMatch(OWN_RESULTS::contains) || device.anyMatch(system -> system.startsWith(OWN));
    }

    private static Stream<String> system(Identifier identifier) {
        return Stream.ofNullable(identifier.getSystem());
    }

    private static Optional<ReadOutcome> ignored(IgnoreReason reason, String detail) {
        return Optional.of(new ReadOutcome.Ignored(reason, detail));
    }
}
