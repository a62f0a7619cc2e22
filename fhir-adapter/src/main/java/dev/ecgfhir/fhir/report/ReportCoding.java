package dev.ecgfhir.fhir.report;

/**
 * A coding as it stands in a report.
 *
 * @param system code system's address
 * @param code the code
 * @param display the code system's own term
 */
public record ReportCoding(String system, String code, String display) {}
