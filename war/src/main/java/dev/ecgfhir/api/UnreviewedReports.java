package dev.ecgfhir.api;

import java.time.Instant;
import org.hl7.fhir.r4.model.Bundle;

/** Finds this product's reports that no person has confirmed, in the embedded repository. Safe for concurrent callers. */
public interface UnreviewedReports {
    /**
     * Finds a patient's reports.
     *
     * @param patient id of the patient in the repository
     * @param since reports issued before are not meant
     * @return the reports with their results, the newest report first
     */
    Bundle of(String patient, Instant since);
}
