package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the ledger fails under a real server; it says so, and in the end each ECG has exactly one report. */
class BrokenStorageTest {
    @TempDir
    Path folder;

    private static Hospital hospital;

    private final List<String> ecgs = new ArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        hospital = Hospital.shared();
    }

    @Test
    void a_full_disk_ends_the_server_and_with_room_it_goes_on() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path file = data.resolve("ecgfhir.mv.db");
        try (SmallDisk disk = SmallDisk.at(data)) {
            try (ServeProcess server = serve(disk.command(), data).ready()) {
                ecgs.addAll(hospital.receive(2));
                awaitReports(server);
                disk.fill(server.server(), file);
                assertThat(ServeProcess.until(() -> {
                            ecgs.addAll(hospital.receive(1));
                            return !server.lives() || ecgs.size() > 40;
                        }))
                        .isTrue();
                assertThat(server.end()).as(server.log()).isEqualTo(3);
                assertThat(server.log())
                        .contains(
                                "ecgfhir: ledger: the H2 file " + file + " cannot be written: its disk is full",
                                "Make room there and start the server again")
                        .doesNotContain("please report it");
            }
            assertThat(hospital.reports(ecgs)).as("nothing was left to do").isLessThan(ecgs.size());
            try (ServeProcess server = serve(disk.command(), data)) {
                assertThat(server.end()).as(server.log()).isEqualTo(3);
                assertThat(server.log()).contains("its disk is full").doesNotContain("\tat ");
            }

            disk.makeRoom();
            try (ServeProcess server = serve(disk.command(), data).ready()) {
                awaitReports(server);
            }
            hospital.assertOneReportEach(ecgs);
            assertThat(Files.list(data).map(Path::getFileName).map(Path::toString))
                    .containsExactly("ecgfhir.mv.db");
        }
    }

    @Test
    void a_damaged_file_is_refused_and_an_empty_one_finds_everything_again() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path file = data.resolve("ecgfhir.mv.db");
        try (ServeProcess server = serve(List.of(), data).ready()) {
            ecgs.addAll(hospital.receive(2));
            awaitReports(server);
        }
        damage(file);
        byte[] damaged = Files.readAllBytes(file);
        ecgs.addAll(hospital.receive(1));
        try (ServeProcess server = serve(List.of(), data)) {
            assertThat(server.end()).as(server.log()).isEqualTo(3);
            assertThat(server.log())
                    .contains(
                            "ecgfhir: ledger: the H2 file " + file + " is damaged and is not used",
                            "move it away and start with an empty one")
                    .doesNotContain("\tat ");
        }
        assertThat(Files.readAllBytes(file)).as("left as it was").isEqualTo(damaged);
        assertThat(hospital.reports(ecgs)).isEqualTo(2);

        Files.move(file, folder.resolve("damaged.mv.db"));
        try (ServeProcess server = serve(List.of(), data).ready()) {
            awaitReports(server);
            assertThat(ServeProcess.until(() -> server.get("/actuator/prometheus")
                            .body()
                            .contains("ecgfhir_ledger_recordings{state=\"delivered\"} " + hospital.received() + ".0")))
                    .as(server.log())
                    .isTrue();
        }
        hospital.assertOneReportEach(ecgs);
    }

    @Test
    void a_database_that_goes_and_comes_back_is_named_and_work_goes_on_by_itself() throws Exception {
        Path files = folder.resolve("postgres");
        int port = freePort();
        EmbeddedPostgres first = postgres(files, port);
        String address = first.getJdbcUrl("postgres", "postgres");
        try (ServeProcess server = ServeProcess.start(
                        folder,
                        hospital,
                        List.of(),
                        "--ecgfhir.data-directory=" + folder.resolve("node"),
                        "--ecgfhir.ledger.jdbc-url=" + address,
                        "--ecgfhir.ledger.user=postgres")
                .ready()) {
            ecgs.addAll(hospital.receive(2));
            awaitReports(server);
            ecgs.addAll(hospital.receive(2));
            first.close(); // whatever of these two is in work
            server.get("/actuator/health"); // answers, also before it has seen that
            server.get("/actuator/prometheus");
            assertThat(ServeProcess.until(
                            () -> server.get("/actuator/health/readiness").statusCode() == 503))
                    .as(server.log())
                    .isTrue();
            assertThat(server.get("/actuator/health").body())
                    .contains(
                            "UNREACHABLE",
                            "ledger: the database postgresql://localhost:" + port + "/postgres does not answer");
            assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(server.get("/actuator/prometheus").body())
                    .contains("ecgfhir_ledger_recordings{state=\"discovered\"} NaN");
            ecgs.addAll(hospital.receive(2));

            try (EmbeddedPostgres second = postgres(files, port)) {
                awaitReports(server);
                assertThat(ServeProcess.until(
                                () -> server.get("/actuator/health/readiness").statusCode() == 200))
                        .as(server.log())
                        .isTrue();
                assertThat(ServeProcess.until(() -> server.get("/actuator/prometheus")
                                .body()
                                .contains("ecgfhir_ledger_recordings{state=\"delivered\"} " + hospital.received()
                                        + ".0")))
                        .as(server.log())
                        .isTrue();
                assertThat(server.log())
                        .contains("ledger: the database postgresql://localhost:" + port + "/postgres answers again");
            }
        }
        hospital.assertOneReportEach(ecgs);
    }

    private ServeProcess serve(List<String> before, Path data) throws IOException {
        return ServeProcess.start(folder, hospital, before, "--ecgfhir.data-directory=" + data);
    }

    private void awaitReports(ServeProcess server) throws InterruptedException {
        assertThat(ServeProcess.until(() -> !server.lives() || hospital.reports(ecgs) == ecgs.size()))
                .as("%d of %d reported\n%s", hospital.reports(ecgs), ecgs.size(), server.log())
                .isTrue();
        assertThat(server.lives()).as(server.log()).isTrue();
    }

    /** Both copies of the header, as a disk would that has lost its first sectors. */
    private static void damage(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8192), 0);
        }
    }

    private static EmbeddedPostgres postgres(Path files, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(files)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
