package dev.ecgfhir.api;

import java.util.List;
import org.hl7.fhir.r4.model.DiagnosticReport;

/**
 * A report that nobody has confirmed and that suggests something critical.
 *
 * @param report the report
 * @param address where it is; empty if that is not known
 * @param findings the critical findings, in words
 */
record CriticalReport(DiagnosticReport report, String address, List<String> findings) {
    CriticalReport {
        findings = List.copyOf(findings);
    }
}
