package dev.ecgfhir.repository;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.BaseResourceIndexedSearchParam;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import dev.ecgfhir.api.ReportCounts;
import dev.ecgfhir.fhir.report.ReportIdentity;
import dev.ecgfhir.fhir.report.ReportTerms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts with two questions to the tables by which HAPI searches, so that no report has to be read.
 *
 * <p>A report of ours is told by its identifier. The month is that of the date as it is written in the report: HAPI keeps that day as a
 * number, year, month and day in that order.
 */
final class RepositoryReportCounts implements ReportCounts {
    // Status and day are asked of each report by itself: where all is joined, H2 reads the 150 scores of each report.
    // H2's IN uses the first column of an index only, so what has to use two is compared by =.
    private static final String REPORTS = """
            select %1$s recording_day, %2$s report_status, report.res_id report_id
              from hfj_spidx_token report where report.hash_sys = :ours
            """;
    private static final String FINDINGS = """
            select %1$s recording_day, %2$s report_status, result.src_resource_id report_id, label.sp_value label
              from hfj_spidx_token label
              join hfj_res_link result on result.target_resource_id = label.res_id and result.src_path = 'DiagnosticReport.result'
             where label.hash_sys in (:codeLabel, :valueLabel)
               and exists (select 1 from hfj_spidx_token ours
                            where ours.hash_sys = :ours and ours.res_id = result.src_resource_id)
            """;
    private static final String DAY = """
            (select min(recorded.sp_value_low_date_ordinal) from hfj_spidx_date recorded
              where recorded.res_id = %s and recorded.hash_identity = :date)""";
    private static final String STATUS = """
            (select min(status.sp_value) from hfj_spidx_token status
              where status.res_id = %s and status.hash_sys = :status)""";
    private static final String STATUSES = "http://hl7.org/fhir/diagnostic-report-status";
    private static final String MONTH = "recording_day / 100";

    private final JdbcClient database;
    private final PartitionSettings partitions;

    RepositoryReportCounts(DataSource repository, PartitionSettings partitions) {
        this.database = JdbcClient.create(repository);
        this.partitions = partitions;
    }

    @Override
    public Counts count(Optional<LocalDate> from, Optional<LocalDate> to) {
        String which = " where report_status is not null"
                + from.map(day -> " and recording_day >= " + number(day)).orElse("")
                + to.map(day -> " and recording_day <= " + number(day)).orElse("");
        String months = "select " + MONTH + " recording_month, report_status, count(distinct report_id) number";
        String group = which + " group by " + MONTH + ", report_status";
        return new Counts(
                counted(months + " from (" + of(REPORTS, "report.res_id") + ") reports" + group + " order by 1, 2")
                        .query((row, index) -> new OfReports(month(row), row.getString(2), row.getInt(3)))
                        .list(),
                counted(months + ", label from (" + of(FINDINGS, "result.src_resource_id") + ") findings" + group
                                + ", label order by 4, 1, 2")
                        .param("codeLabel", system("Observation", "code", ReportTerms.LABELS))
                        .param("valueLabel", system("Observation", "value-concept", ReportTerms.LABELS))
                        .query((row, index) ->
                                new OfFindings(row.getString(4), month(row), row.getString(2), row.getInt(3)))
                        .list());
    }

    private static String of(String rows, String report) {
        return rows.formatted(DAY.formatted(report), STATUS.formatted(report));
    }

    private JdbcClient.StatementSpec counted(String sql) {
        return database.sql(sql)
                .param("ours", system("DiagnosticReport", "identifier", ReportIdentity.REPORT_SYSTEM))
                .param("status", system("DiagnosticReport", "status", STATUSES))
                .param("date", parameter("date"));
    }

    private long parameter(String name) {
        return BaseResourceIndexedSearchParam.calculateHashIdentity(
                partitions, RequestPartitionId.defaultPartition(partitions), "DiagnosticReport", name);
    }

    private long system(String type, String parameter, String system) {
        return ResourceIndexedSearchParamToken.calculateHashSystem(
                partitions, RequestPartitionId.defaultPartition(partitions), type, parameter, system);
    }

    private static int number(LocalDate day) {
        return Integer.parseInt(day.format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    private static Optional<YearMonth> month(ResultSet row) throws SQLException {
        int month = row.getInt(1);
        return row.wasNull() ? Optional.empty() : Optional.of(YearMonth.of(month / 100, month % 100));
    }
}
