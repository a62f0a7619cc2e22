package dev.ecgfhir.api;

import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.report.ReportLanguage;
import java.time.Duration;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;

/** Makes the report on one ECG. Safe for concurrent callers. */
public interface EcgReports {
    /**
     * Reads and interprets an ECG.
     *
     * @param ecg the resource
     * @param source where it came from
     * @param model name or {@code sha256:<hex>} of the model that is to read it; empty: the one for its leads
     * @param language which language the caller wants; empty: the one of the settings
     * @return the report, or why there is none; never an exception for anything that the resource contains
     */
    Answer report(Observation ecg, SourceReference source, Optional<String> model, Optional<ReportLanguage> language);

    /** What became of it. */
    sealed interface Answer {}

    /**
     * There is a report.
     *
     * @param transaction the Bundle as it would be delivered
     */
    record Reported(Bundle transaction) implements Answer {}

    /**
     * The ECG cannot be read or interpreted.
     *
     * @param reason stable code
     * @param element FHIR path of what is wrong, where one element is
     * @param detail what was found and what was expected
     */
    record Refused(String reason, Optional<String> element, String detail) implements Answer {}

    /**
     * No ECG can be interpreted at present.
     *
     * @param reason stable code
     * @param detail why, and what to do
     */
    record Unavailable(String reason, String detail) implements Answer {}

    /**
     * Too many ECGs at once; this one was not begun.
     *
     * @param reason stable code
     * @param detail what was full or late
     * @param retryAfter when to try again, at least 1 s
     */
    record Busy(String reason, String detail, Duration retryAfter) implements Answer {}
}
