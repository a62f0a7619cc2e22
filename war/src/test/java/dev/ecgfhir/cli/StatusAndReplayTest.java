package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.config.DatabaseSettings;
import dev.ecgfhir.config.Pools;
import dev.ecgfhir.config.Secret;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerMigrations;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.web.CommandEndpoint;
import dev.ecgfhir.web.RunningFile;
import dev.ecgfhir.wiring.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusAndReplayTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private static String ofServer() {
        return "--ecgfhir.data-directory=" + TestServer.server().settings().dataDirectory();
    }

    private String here() {
        return "--ecgfhir.data-directory=" + directory;
    }

    /** Gives a source that nobody reads a dead row. */
    private static void die(Ledger ledger, String source, String reason) {
        ledger.discover(source, "Observation/dead", "1", Priority.ROUTINE);
        Claim claim = ledger.claimDiscovered(List.of(source), 1, Duration.ofMinutes(1))
                .get(0);
        ledger.dead(claim, reason, "for a test");
    }

    private static State state(Ledger ledger, String source) {
        return ledger.find(source, "Observation/dead", "1").orElseThrow().state();
    }

    @Test
    void work_with_the_running_server() throws IOException {
        Ledger ledger = TestServer.server().ledger();
        die(ledger, "http://nobody/fhir", "TEST_OF_REPLAY");

        CommandRun status = CommandRun.of("status", "--json", ofServer());
        assertThat(status.code()).as(status.err()).isZero();
        JsonNode told = JSON.readTree(status.out());
        assertThat(told.get("server").asText()).isEqualTo(TestServer.server().baseUrl());
        JsonNode counts = told.get("counts");
        assertThat(counts.get("discovered").asLong())
                .isEqualTo(counts.get("delivered").asLong()
                        + counts.get("refused").asLong()
                        + counts.get("ignored").asLong()
                        + counts.get("dead").asLong()
                        + counts.get("inProgress").asLong())
                .isPositive();
        assertThat(told.get("servers").findValuesAsText("name")).contains("own");
        assertThat(told.get("duties").findValuesAsText("node")).contains("test-node");
        assertThat(told.get("reasons").findValuesAsText("reason")).contains("TEST_OF_REPLAY");

        CommandRun trial = CommandRun.of("replay", "--reason", "TEST_OF_REPLAY", "--dry-run", "--json", ofServer());
        assertThat(trial.out()).contains("\"rows\":1");
        assertThat(state(ledger, "http://nobody/fhir")).isEqualTo(State.DEAD);
        CommandRun replay = CommandRun.of("replay", "--reason", "TEST_OF_REPLAY", ofServer());
        assertThat(replay.out()).startsWith("1 ECG taken back into work");
        assertThat(state(ledger, "http://nobody/fhir")).isEqualTo(State.DISCOVERED);
    }

    @Test
    void open_the_ledger_where_no_server_runs() throws IOException {
        DatabaseSettings database = new DatabaseSettings(
                "jdbc:h2:file:" + directory.resolve("ecgfhir") + ";" + LedgerMigrations.H2_SETTING,
                "sa",
                new Secret(""));
        try (HikariDataSource plain = Pools.of("plain", database, 2);
                HikariDataSource pool = Pools.of("test", database, 2)) {
            pool.setSchema(LedgerMigrations.migrate(plain, "ecg"));
            die(new Ledger(pool, Clock.systemUTC()), "http://nobody/fhir", "TEST");
        }
        leaveADeadServersFile();

        CommandRun status = CommandRun.of("status", "--json", here());
        assertThat(status.code()).as(status.err()).isZero();
        JsonNode told = JSON.readTree(status.out());
        assertThat(told.get("server").isNull()).isTrue();
        assertThat(told.get("counts").get("dead").asLong()).isEqualTo(1);

        CommandRun replay = CommandRun.of("replay", "--from", "2020-01-01", here());
        assertThat(replay.out())
                .isEqualToIgnoringNewLines("1 ECG taken back into work; they go on when the server starts");
        assertThat(CommandRun.of("status", here()).out())
                .contains("no server runs", "in progress             1", "dead                    0");
    }

    private void leaveADeadServersFile() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        RunningFile.write(directory, RunningFile.Running.at("http://localhost:" + closed));
    }

    @Test
    void say_what_is_missing() {
        CommandRun nowhere = CommandRun.of("status", here());
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("there is no ledger at " + directory.resolve("ecgfhir.mv.db"));
        assertThat(CommandRun.of("replay", here()).code()).isEqualTo(2);
        assertThat(CommandRun.of("replay", "--from", "yesterday", here()).err())
                .contains("--from must be a date (2026-11-28) or an instant (2026-11-28T02:00:00Z), was 'yesterday'");
    }

    @Test
    void are_answered_only_to_whoever_may_read_the_data_directory() throws IOException {
        Path data = TestServer.server().settings().dataDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("running-server"))))
                .isEqualTo("rw-------");
        assertThat(TestServer.get("/commands/status").statusCode()).isEqualTo(403);
        assertThat(TestServer.get("/commands/status", CommandEndpoint.TOKEN, "guessed")
                        .statusCode())
                .isEqualTo(403);
        assertThat(TestServer.post("/commands/replay", "{}", CommandEndpoint.TOKEN, "guessed")
                        .statusCode())
                .isIn(403, 415);
    }
}
