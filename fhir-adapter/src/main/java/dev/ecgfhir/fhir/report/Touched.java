package dev.ecgfhir.fhir.report;

import dev.ecgfhir.fhir.report.Delivery.NotOverwritten;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;

/**
 * A report of ours as it is found on a target: what a person has done to it, if anything.
 *
 * @param results those of its results that are there
 * @param touched how it is no longer as we wrote it; empty if it is
 * @param confirmed true if a person has confirmed it as we wrote it, by its status and name, and changed nothing else
 */
record Touched(List<Observation> results, Optional<NotOverwritten> touched, boolean confirmed) {
    Touched {
        results = List.copyOf(results);
    }

    /** Tells whether a report says what we wrote, under a status that a person gave it. */
    static boolean isConfirmed(DiagnosticReport report) {
        return switch (report.getStatus() == null ? DiagnosticReport.DiagnosticReportStatus.NULL : report.getStatus()) {
            case FINAL, AMENDED, CORRECTED, APPENDED -> {
                DiagnosticReport ours = report.copy();
                ours.getPerformer().clear();
                ours.getResultsInterpreter().clear();
                yield List.of(
                                DiagnosticReport.DiagnosticReportStatus.PRELIMINARY,
                                DiagnosticReport.DiagnosticReportStatus.PARTIAL,
                                DiagnosticReport.DiagnosticReportStatus.AMENDED)
                        .stream()
                        .anyMatch(status -> Fingerprint.isUntouched(ours.setStatus(status), ours.getIdentifier()));
            }
            default -> false;
        };
    }

    /** Tells whether a result is as we wrote it, or a person has done no more than to confirm it. */
    static boolean isOursOrConfirmed(Observation result) {
        if (Fingerprint.isUntouched(result, result.getIdentifier())) {
            return true;
        }
        return switch (result.getStatus() == null ? Observation.ObservationStatus.NULL : result.getStatus()) {
            case FINAL, AMENDED, CORRECTED -> {
                Observation ours = result.copy();
                ours.getPerformer().clear();
                yield List.of(Observation.ObservationStatus.PRELIMINARY, Observation.ObservationStatus.AMENDED).stream()
                        .anyMatch(status -> Fingerprint.isUntouched(ours.setStatus(status), ours.getIdentifier()));
            }
            default -> false;
        };
    }
}
