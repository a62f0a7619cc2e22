package dev.ecgfhir.config;

import java.util.List;

/** Settings of what reports say and in which codes; {@code ReportOptions} and {@link OverlaySetting}. */
final class ReportKeys {
    static final Key TERMINOLOGY_SCOPE = Key.of(
            "ecgfhir.terminology.scope",
            "all",
            "all or global-patient-set",
            "Which SNOMED CT concepts reports may hold: all needs a SNOMED CT licence (no charge in member countries), the Global Patient Set"
                    + " none.");
    static final Key REPORT_STATUS = Key.of(
            "ecgfhir.report.status",
            "preliminary",
            "preliminary or partial",
            "Status of a report that nobody has confirmed; this product never writes final.");
    static final Key REPORT_LANGUAGE = Key.of(
            "ecgfhir.report.language",
            "en",
            "en, de or fr",
            "Language of a report's texts; $interpret takes the caller's Accept-Language before it. No physician reviewed the translations.");
    static final Key REPORT_US_CORE = Key.of(
            "ecgfhir.report.us-core",
            "false",
            Key.FLAG,
            "Reports claim the US Core profiles of DiagnosticReport (note) and Observation (clinical result), where the ECG has what they require.");
    static final Key TERMINOLOGY_OVERLAY = Key.of(
            "ecgfhir.terminology.overlay",
            "",
            "an existing file",
            "Codes, displays and alert levels of this site for the network's labels; docs/terminology.md has its form.");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL =
            List.of(TERMINOLOGY_SCOPE, REPORT_STATUS, REPORT_LANGUAGE, REPORT_US_CORE, TERMINOLOGY_OVERLAY);

    private ReportKeys() {}
}
