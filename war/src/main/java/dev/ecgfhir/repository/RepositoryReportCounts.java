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
    private static final String REPORTS = """
             from hfj_spidx_token report
             join hfj_spidx_token status on status.res_id = report.res_id and status.hash_identity = :status
             left join hfj_spidx_date recorded on recorded.res_id = report.res_id and recorded.hash_identity = :date
            """;
    private static final String RESULTS = """
             join hfj_res_link result on result.src_resource_id = report.res_id and result.src_path = 'DiagnosticReport.result'
             join hfj_spidx_token label on label.res_id = result.target_resource_id
               and label.hash_sys in (:codeLabel, :valueLabel)
            """;
    private static final String MONTH = "recorded.sp_value_low_date_ordinal / 100";

    private final JdbcClient database;
    private final PartitionSettings partitions;

    RepositoryReportCounts(DataSource repository, PartitionSettings partitions) {
        this.database = JdbcClient.create(repository);
        this.partitions = partitions;
    }

    @Override
    public Counts count(Optional<LocalDate> from, Optional<LocalDate> to) {
        String which = " where report.hash_sys = :ours"
                + from.map(day -> " and recorded.sp_value_low_date_ordinal >= " + number(day))
                        .orElse("")
                + to.map(day -> " and recorded.sp_value_low_date_ordinal <= " + number(day))
                        .orElse("");
        String months = "select " + MONTH + " recording_month, status.sp_value report_status, ";
        String group = " group by " + MONTH + ", status.sp_value";
        return new Counts(
                reports(months + "count(distinct report.res_id) number" + REPORTS + which + group + " order by 1, 2")
                        .query((row, index) -> new OfReports(month(row), row.getString(2), row.getInt(3)))
                        .list(),
                reports(months + "label.sp_value label, count(distinct report.res_id) number" + REPORTS + RESULTS
                                + which + group + ", label.sp_value order by 3, 1, 2")
                        .param("codeLabel", system("Observation", "code", ReportTerms.LABELS))
                        .param("valueLabel", system("Observation", "value-concept", ReportTerms.LABELS))
                        .query((row, index) ->
                                new OfFindings(row.getString(3), month(row), row.getString(2), row.getInt(4)))
                        .list());
    }

    private JdbcClient.StatementSpec reports(String sql) {
        return database.sql(sql)
                .param("ours", system("DiagnosticReport", "identifier", ReportIdentity.REPORT_SYSTEM))
                .param("status", parameter("status"))
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
