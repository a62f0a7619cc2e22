package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Paging and counting many reports; with {@code -Decg.reports=10000} as many, and how long each search takes. With
 * {@code -Decg.reports.data=DIR} they are kept there, and a further run measures without loading them again. With
 * {@code -Decg.reports.database=postgresql} they are in a PostgreSQL that is started for them. With
 * {@code -Decg.reports.stored=1000} so many go through the repository, and the rest are copies of their rows.
 */
class ManyReportsTest {
    private static final int ROUNDS = Integer.getInteger("ecg.reports.rounds", 100);

    @Test
    void pages_many_reports_without_loss_or_repeat_and_counts_each() {
        ManyReports reports = new ManyReports(LocalDate.of(1987, 1, 1), 90, 9);
        reports.load(TestServer.server(), ManyReports.originals(TestServer.server()), 60, true);

        check(TestServer.server(), reports, "date=ge1987-01-01&date=lt1988-01-01", "from=1987&to=1987", 13);
        for (String year : List.of("date=ge1987&date=le1987", "date=ge1987-01&date=le1987-12", "date=1987")) {
            assertThat(get(TestServer.server(), "/DiagnosticReport?" + year + "&_summary=count")
                            .getTotal())
                    .as(year)
                    .isEqualTo(60);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "ecg.reports", matches = "\\d+")
    void pages_ten_thousand_reports_and_tells_how_long_searches_take(@TempDir Path data) {
        int count = Integer.getInteger("ecg.reports");
        boolean postgresql = System.getProperty("ecg.reports.database", "h2").equals("postgresql");
        try (ReportsDatabase database = ReportsDatabase.open(
                        Path.of(System.getProperty("ecg.reports.data", data.toString())), postgresql);
                RunningServer server = Server.start(database.settings())) {
            ManyReports reports = new ManyReports(LocalDate.of(2024, 1, 1), 720, 1000);
            int there = get(server, "/DiagnosticReport?_summary=count").getTotal();
            Instant started = Instant.now();
            int stored = Integer.getInteger("ecg.reports.stored", count);
            List<DeliveredReport> originals = ManyReports.originals(server);
            reports.load(server, originals, stored, there == 0);
            reports.countCopies(originals, stored, count / stored - 1);
            print("%d reports stored in %s", stored, Duration.between(started, Instant.now()));
            if (there < count) {
                ReportCopies.make(server, count / stored - 1);
            }
            print("%d reports are there after %s", count, Duration.between(started, Instant.now()));
            database.analyze(server);
            database.largestTables(server).forEach(table -> print("%s MB", table));
            started = Instant.now();
            check(server, reports, "date=ge2024-01-01", "", 200);
            print("paged by 200 and counted in %s", Duration.between(started, Instant.now()));
            measured().forEach(search -> measure(server, search));
        }
    }

    private static void check(RunningServer server, ManyReports reports, String search, String period, int pageSize) {
        List<String> seen = new ArrayList<>();
        Bundle page = get(server, "/DiagnosticReport?" + search + "&_count=" + pageSize + "&_sort=date");
        seen.addAll(DeliveredReport.found(page));
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            page = get(server, page.getLink(Bundle.LINK_NEXT).getUrl().replaceAll("^.*/fhir", ""));
            seen.addAll(DeliveredReport.found(page));
        }
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(reports.ids());

        Parameters counted = DeliveredReport.parse(
                Parameters.class,
                TestServer.get(server, "/fhir/DiagnosticReport/$statistics?" + period)
                        .body());
        assertThat(rows(counted, "reports")).isEqualTo(reports.byMonthAndStatus());
        assertThat(rows(counted, "findings")).isEqualTo(reports.byLabelMonthAndStatus());
    }

    private static Map<String, Integer> rows(Parameters counted, String name) {
        Map<String, Integer> rows = new TreeMap<>();
        counted.getParameter().stream()
                .filter(parameter -> parameter.getName().equals(name))
                .forEach(parameter -> {
                    List<String> parts = new ArrayList<>();
                    parameter
                            .getPart()
                            .forEach(part -> parts.add(
                                    part.getValue() instanceof Coding coding
                                            ? coding.getCode()
                                            : part.getValue().primitiveValue()));
                    String count = parts.remove(parts.size() - 1);
                    rows.put(String.join(" | ", parts), Integer.valueOf(count));
                });
        return rows;
    }

    private static Bundle get(RunningServer server, String path) {
        return DeliveredReport.parse(
                Bundle.class, TestServer.get(server, "/fhir" + path).body());
    }

    /** The searches of docs/queries.md; the number in a search changes from round to round. */
    private static List<String> measured() {
        return List.of(
                "DiagnosticReport?patient=Patient/many-2024-%d",
                "DiagnosticReport?patient=Patient/many-2024-%d&category=http://terminology.hl7.org/CodeSystem/v2-0074%%7CEC",
                "DiagnosticReport?patient=Patient/many-2024-%d&code=http://loinc.org%%7C11524-6",
                "DiagnosticReport?patient=Patient/many-2024-%d&category=http://terminology.hl7.org/CodeSystem/v2-0074%%7CEC&date=ge2024-06-01",
                "DiagnosticReport?patient=Patient/many-2024-%d&status=preliminary",
                "DiagnosticReport?patient=Patient/many-2024-%d&code=http://loinc.org%%7C11524-6&date=ge2024-06-01",
                "DiagnosticReport?patient=Patient/many-2024-%d&_include=DiagnosticReport:result",
                "DiagnosticReport?_id=many-2024-%d-report",
                "DiagnosticReport?conclusion=http://snomed.info/sct%%7C164889003&_count=50",
                "DiagnosticReport?result.code=http://snomed.info/sct%%7C164889003&_count=50",
                "DiagnosticReport?status=preliminary,partial&_sort=-date&_count=50",
                "DiagnosticReport?_lastUpdated=ge2024-01-01&_sort=-_lastUpdated&_count=50",
                "DiagnosticReport?date=ge2024-06-01&date=lt2024-07-01&_count=50",
                "DiagnosticReport?status=preliminary&_summary=count",
                "Observation?patient=Patient/many-2024-%d&code=https://ecgfhir.dev/CodeSystem/report-terms%%7Cscores",
                "Observation?component-code-value-quantity=https://ecgfhir.dev/CodeSystem/ecgfounder-labels%%7CATRIAL+FIBRILLATION$ge0.9&patient=Patient/many-2024-%d",
                "DiagnosticReport/$statistics?from=2024-01&to=2024-12",
                "DiagnosticReport/$statistics");
    }

    private static void measure(RunningServer server, String search) {
        double[] milliseconds = new double[ROUNDS];
        for (int round = -ROUNDS / 10 - 1; round < ROUNDS; round++) {
            String path = "/fhir/" + String.format(Locale.ROOT, search, 37 * (round + 100) % 1000);
            long started = System.nanoTime();
            int status = TestServer.get(server, path).statusCode();
            double taken = (System.nanoTime() - started) / 1e6;
            assertThat(status).as(path).isEqualTo(200);
            if (round >= 0) {
                milliseconds[round] = taken;
            }
        }
        Arrays.sort(milliseconds);
        print(
                "| `%s` | %.0f | %.0f |",
                search.replace("%%7C", "|").replace("%d", "N"),
                milliseconds[ROUNDS / 2],
                milliseconds[ROUNDS * 95 / 100]);
    }

    /** What a person who asked for a measurement wants to see. */
    private static void print(String format, Object... values) {
        PrintStream out = System.err;
        out.println(String.format(Locale.ROOT, format, values));
    }
}
