package dev.ecgfhir.fhir.recording;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;

/**
 * What tells of an Observation of one lead to which ECG it belongs: Observations of one server with the same subject and device, recorded at
 * the same time, are the leads of one ECG.
 *
 * @param key SHA-256 over server, subject and device, hexadecimal; neither can be read from it
 * @param effective when the recording began
 */
public record LeadGroup(String key, Instant effective) {
    /** Tells whether a recording is of one lead, so that it may be a part of an ECG. */
    public static boolean isPart(Recording recording) {
        return recording.leads().size() == 1 && recording.source().resource().isPresent();
    }

    /**
     * Finds the group of an Observation.
     *
     * @param observation of one lead
     * @param base address of its server; a reference to that server means the same with and without it
     * @return empty if there is no subject, or no time that is told to the second: see {@link #refusal}
     */
    public static Optional<LeadGroup> of(Observation observation, String base) {
        Optional<String> subject = ContextReader.link(observation.getSubject()).map(link -> text(link, base));
        Optional<Instant> start = start(observation);
        if (subject.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        String device = ContextReader.link(observation.getDevice())
                .map(link -> text(link, base))
                .orElse("");
        return Optional.of(new LeadGroup(Sha256.hex(base + "\n" + subject.get() + "\n" + device), start.get()));
    }

    /** Returns why an Observation of one lead belongs to no group. */
    public static ReadOutcome.Refused refusal(Observation observation) {
        boolean noSubject = ContextReader.link(observation.getSubject()).isEmpty();
        return new ReadOutcome.Refused(
                RefusalReason.UNGROUPED_LEAD,
                noSubject ? "Observation.subject" : "Observation.effective",
                (noSubject ? "no subject" : "no time to the second")
                        + ", so nothing tells to which ECG this lead belongs; expected subject and effective of the ECG in"
                        + " each of its Observations");
    }

    private static Optional<Instant> start(Observation observation) {
        BaseDateTimeType time = null;
        if (observation.getEffective() instanceof BaseDateTimeType moment) {
            time = moment;
        } else if (observation.getEffective() instanceof Period period) {
            time = period.getStartElement();
        }
        return time == null
                        || time.getValue() == null
                        || time.getPrecision().compareTo(TemporalPrecisionEnum.SECOND) < 0
                ? Optional.empty()
                : Optional.of(time.getValue().toInstant());
    }

    private static String text(ResourceLink link, String base) {
        return link.reference()
                .map(reference -> {
                    String address = new IdType(reference).toVersionless().getValue();
                    return address.startsWith(base + "/") ? address.substring(base.length() + 1) : address;
                })
                .orElseGet(() -> link.identifierSystem().orElse("") + "|"
                        + link.identifierValue().orElse(""));
    }
}
