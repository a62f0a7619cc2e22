package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.terminology.Terminology;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The ledger comes back from a backup, as {@code docs/operations.md} describes it, that is older than what the target has. */
class RestoreTest {
    @TempDir
    Path directory;

    private FhirTestServer server;

    @BeforeEach
    void start() throws Exception {
        server = FhirTestServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** A database whose files are in the folder {@code data}. */
    private interface Database {
        AutoCloseable open() throws Exception;

        HikariDataSource pool() throws Exception;
    }

    @Test
    void from_a_copy_of_the_h2_files_no_report_is_lost_or_doubled() throws Exception {
        restore(new Database() {
            @Override
            public AutoCloseable open() {
                return () -> {};
            }

            @Override
            public HikariDataSource pool() {
                return Pools.h2(directory.resolve("data/ledger"));
            }
        });
    }

    /** Three starts of PostgreSQL: off in the test command. */
    @Test
    @EnabledIfSystemProperty(named = "restore.postgresql", matches = "true")
    void from_a_copy_of_postgresqls_files_no_report_is_lost_or_doubled() throws Exception {
        restore(new Database() {
            private EmbeddedPostgres running;

            @Override
            public AutoCloseable open() throws IOException {
                running = EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("data"))
                        .setCleanDataDirectory(false)
                        .start();
                return running;
            }

            @Override
            public HikariDataSource pool() {
                return Pools.postgres(running, "ecg");
            }
        });
    }

    private void restore(Database database) throws Exception {
        Path data = directory.resolve("data");
        Path backup = directory.resolve("backup");
        for (String id : List.of("corrected-later", "withdrawn-later")) {
            server.observations.store(Ecgs.observation(id));
        }
        running(database, ledger -> {
            await(ledger, "corrected-later", "1", State.DELIVERED);
            await(ledger, "withdrawn-later", "1", State.DELIVERED);
            server.failing(request -> FhirTestServer.isTransaction(request) ? 503 : 0);
            server.observations.store(Ecgs.observation("in-the-outbox"));
            await(ledger, "in-the-outbox", "1", State.INTERPRETED);
        });
        copy(data, backup);

        server.working();
        server.observations.store(Ecgs.observation("found-later"));
        server.observations.store(Ecgs.observation("corrected-later"));
        server.observations.store(Ecgs.observation("withdrawn-later").setStatus(ObservationStatus.ENTEREDINERROR));
        running(database, this::allEnd);
        List<String> reports = reports();
        List<String> delivered = List.copyOf(server.delivered);
        assertThat(reports).hasSize(4);

        Files.move(data, directory.resolve("lost"));
        copy(backup, data);
        running(database, this::allEnd);
        assertThat(reports()).isEqualTo(reports);
        assertThat(server.delivered).isEqualTo(delivered);

        server.observations.store(Ecgs.observation("new"));
        running(database, ledger -> await(ledger, "new", "1", State.DELIVERED));
        assertThat(reports()).hasSize(5).containsAll(reports);
        assertThat(server.delivered).hasSize(delivered.size() + 1);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void allEnd(Ledger ledger) {
        await(ledger, "corrected-later", "2", State.DELIVERED);
        await(ledger, "in-the-outbox", "1", State.DELIVERED);
        await(ledger, "found-later", "1", State.DELIVERED);
        await(ledger, "withdrawn-later", "2", State.IGNORED);
        assertThat(ledger.counts().inProgress()).isZero();
        assertThat(ledger.counts().discovered()).isEqualTo(6);
    }

    /** Every report with its version and status; there is one for each ECG. */
    private List<String> reports() {
        List<DiagnosticReport> there = server.reports.getStoredResources();
        assertThat(there)
                .extracting(report -> report.getIdentifierFirstRep().getValue())
                .doesNotHaveDuplicates();
        assertThat(there)
                .filteredOn(report -> report.getStatus() == DiagnosticReportStatus.ENTEREDINERROR)
                .hasSize(1);
        return there.stream()
                .map(report -> report.getIdElement().getValue() + " " + report.getStatus())
                .sorted()
                .toList();
    }

    /** What is done while the server runs. */
    private interface Work {
        void on(Ledger ledger) throws Exception;
    }

    private void running(Database database, Work work) throws Exception {
        try (AutoCloseable opened = database.open();
                HikariDataSource pool = database.pool();
                CamelContext context = new DefaultCamelContext()) {
            Ledger ledger = new Ledger(pool, Clock.systemUTC());
            EcgRoutes routes = EcgRoutes.addTo(
                    context,
                    new RoutesConfig(
                            List.of(SourceRouteConfig.at("hospital", server.url())
                                    .every(Duration.ofMillis(100))
                                    .build()),
                            List.of(),
                            new WorkConfig(2, 2, Duration.ofMinutes(1), Duration.ofMillis(100)),
                            new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3)),
                    RouteParts.of(
                            ledger, Ecgs.interpreter(), Terminology.labelMap(), FhirTestServer.FHIR, "0.1.0-test"));
            context.start();
            work.on(ledger);
            context.stop();
            routes.detach();
        }
    }

    private void await(Ledger ledger, String id, String version, State state) {
        Until.holds(
                id + " version " + version + " is " + state,
                () -> ledger.find(server.url(), "Observation/" + id, version)
                        .filter(entry -> entry.state() == state)
                        .isPresent());
    }
}
