package dev.ecgfhir.api;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** Counts this product's reports where they are kept. Safe for concurrent callers. */
public interface ReportCounts {
    /**
     * Counts.
     *
     * @param from first day of recordings that count; empty: no limit
     * @param to last day of recordings that count; empty: no limit
     * @return the counts; reports without a time of recording count only where there is no limit
     */
    Counts count(Optional<LocalDate> from, Optional<LocalDate> to);

    /**
     * All counts.
     *
     * @param reports by month and status
     * @param findings by label, month and status
     */
    record Counts(List<OfReports> reports, List<OfFindings> findings) {
        /** Copies the lists. */
        public Counts {
            reports = List.copyOf(reports);
            findings = List.copyOf(findings);
        }
    }

    /**
     * Reports of one status in one month.
     *
     * @param month of the recordings; empty for recordings without a time
     * @param status of the reports
     * @param count how many
     */
    record OfReports(Optional<YearMonth> month, String status, int count) {}

    /**
     * Findings of one label.
     *
     * @param label the label
     * @param month of the recordings; empty for recordings without a time
     * @param status of the reports
     * @param count how many reports have the finding
     */
    record OfFindings(String label, Optional<YearMonth> month, String status, int count) {}
}
