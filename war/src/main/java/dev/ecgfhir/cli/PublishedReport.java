package dev.ecgfhir.cli;

import java.util.List;
import java.util.Optional;

/**
 * A report as a client finds it on a FHIR server.
 *
 * @param resource type and id of the DiagnosticReport
 * @param findings in the order of the report
 */
record PublishedReport(String resource, List<Finding> findings) {
    PublishedReport {
        findings = List.copyOf(findings);
    }

    /**
     * One positive finding.
     *
     * @param text for readers
     * @param score 0..1
     * @param snomed its SNOMED CT code, if it has one
     */
    record Finding(String text, double score, Optional<String> snomed) {}
}
