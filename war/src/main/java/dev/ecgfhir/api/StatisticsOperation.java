package dev.ecgfhir.api;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import dev.ecgfhir.fhir.report.ReportTerms;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** {@code $statistics} on DiagnosticReport: reports by status and month, findings by label, status and month. */
public final class StatisticsOperation {
    private final ReportCounts counts;

    /**
     * Makes the operation.
     *
     * @param counts counts the reports
     */
    public StatisticsOperation(ReportCounts counts) {
        this.counts = counts;
    }

    /**
     * Counts.
     *
     * @param from first day, or month or year, of recordings that count
     * @param to last day, or month or year, of recordings that count
     * @return the counts
     */
    @Operation(name = "$statistics", typeName = "DiagnosticReport", idempotent = true)
    public Parameters statistics(
            @OperationParam(name = "from", min = 0, max = 1) @Nullable DateType from,
            @OperationParam(name = "to", min = 0, max = 1) @Nullable DateType to) {
        ReportCounts.Counts counted = counts.count(day(from, true), day(to, false));
        Parameters answer = new Parameters();
        answer.addParameter(
                "total",
                new IntegerType(counted.reports().stream()
                        .mapToInt(ReportCounts.OfReports::count)
                        .sum()));
        counted.reports()
                .forEach(
                        one -> parts(answer.addParameter().setName("reports"), one.month(), one.status(), one.count()));
        counted.findings().forEach(one -> {
            ParametersParameterComponent findings = answer.addParameter().setName("findings");
            findings.addPart()
                    .setName("label")
                    .setValue(new Coding().setSystem(ReportTerms.LABELS).setCode(one.label()));
            parts(findings, one.month(), one.status(), one.count());
        });
        return answer;
    }

    private static void parts(ParametersParameterComponent to, Optional<YearMonth> month, String status, int count) {
        month.ifPresent(known -> to.addPart().setName("month").setValue(new StringType(known.toString())));
        to.addPart().setName("status").setValue(new CodeType(status));
        to.addPart().setName("count").setValue(new IntegerType(count));
    }

    /** A month or a year stands for its first or its last day. */
    private static Optional<LocalDate> day(@Nullable DateType date, boolean first) {
        if (date == null || !date.hasValue()) {
            return Optional.empty();
        }
        String text = date.getValueAsString();
        try {
            return Optional.of(
                    switch (text.length()) {
                        case 4 ->
                            first
                                    ? Year.parse(text).atDay(1)
                                    : Year.parse(text).atMonth(12).atEndOfMonth();
                        case 7 ->
                            first
                                    ? YearMonth.parse(text).atDay(1)
                                    : YearMonth.parse(text).atEndOfMonth();
                        default -> LocalDate.parse(text);
                    });
        } catch (DateTimeException e) {
            throw Outcomes.badRequest(
                    "WRONG_PARAMETER", "'from' and 'to' must be days, months or years: YYYY-MM-DD, YYYY-MM or YYYY");
        }
    }
}
