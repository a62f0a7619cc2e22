package dev.ecgfhir.api;

import dev.ecgfhir.fhir.report.ReportLanguage;
import java.util.Optional;

/**
 * What holds for all ECGs of one call of {@code $interpret}.
 *
 * @param requested address of this FHIR endpoint as the request names it, without trailing slash
 * @param model which network reads them; empty: the one that fits each ECG
 * @param language which language the caller wants; empty: the one of the settings
 * @param store true to store the reports
 * @param waiting true if the caller waits; it is then told when it is not its turn soon
 */
record InterpretCall(
        String requested, Optional<String> model, Optional<ReportLanguage> language, boolean store, boolean waiting) {}
