package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.config.DatabaseSettings;
import dev.ecgfhir.config.Pools;
import dev.ecgfhir.config.Secret;
import dev.ecgfhir.ledger.LedgerMigrations;
import dev.ecgfhir.web.CommandEndpoint;
import dev.ecgfhir.wiring.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about backfills: with the running server, whose source is HAPI's JPA server, and with the ledger where none runs. */
class BackfillTest {
    private static final Path RECORDING =
            Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir", "ptbxl_00002.json");

    @TempDir
    Path directory;

    private static String ofServer() {
        return "--ecgfhir.data-directory=" + TestServer.server().settings().dataDirectory();
    }

    private String here() {
        return "--ecgfhir.data-directory=" + directory;
    }

    private static void stored(int year) throws Exception {
        String recording = Files.readString(RECORDING);
        assertThat(recording).contains("\"effectiveDateTime\"");
        assertThat(TestServer.post(
                                "/fhir/Observation",
                                recording.replaceAll(
                                        "\"effectiveDateTime\": ?\"[^\"]*\"",
                                        "\"effectiveDateTime\": \"" + year + "-06-15T08:00:00Z\""))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void fill_from_the_archive_of_a_source_of_the_running_server() throws Exception {
        stored(1951);
        stored(1952);
        stored(1954);

        CommandRun run = CommandRun.of(
                "backfill",
                "start",
                "--source",
                "own",
                "--from",
                "1951-01-01",
                "--until",
                "1954-01-01",
                "--json",
                ofServer());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Ctrl-C leaves it running");
        JsonNode job = run.json().get(0);
        assertThat(job.get("state").asText()).isEqualTo("DONE");
        assertThat(job.get("found").asLong()).isEqualTo(2);
        assertThat(job.get("fraction").asDouble()).isEqualTo(1);

        String id = job.get("id").asText();
        assertThat(CommandRun.of("backfill", "watch", id, ofServer()).out())
                .startsWith("backfill " + id + " of own, search from ")
                .contains(": done, 100 %, 2 ECGs, ");
        assertThat(CommandRun.of("backfill", "list", "--json", ofServer()).json())
                .extracting(one -> one.get("id").asText())
                .contains(id);
        assertThat(CommandRun.of("status", ofServer()).out()).contains("backfill " + id + " of own");
        CommandRun late = CommandRun.of("backfill", "pause", id, ofServer());
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.err()).contains("backfill " + id + " is DONE; pause needs one that is running");
    }

    @Test
    void name_the_sources_that_there_are() {
        CommandRun run = CommandRun.of("backfill", "start", "--source", "nowhere", "--from", "2020-01-01", ofServer());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("'nowhere' is no source of this server; it reads from own");
        assertThat(CommandRun.of("backfill", "watch", "987654", ofServer()).err())
                .contains("there is no backfill 987654");
    }

    @Test
    void are_answered_only_to_whoever_may_read_the_data_directory() {
        assertThat(TestServer.get("/commands/backfills", CommandEndpoint.TOKEN, "guessed")
                        .statusCode())
                .isEqualTo(403);
        assertThat(TestServer.post("/commands/backfills/1/cancel", "", CommandEndpoint.TOKEN, "guessed")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void work_with_the_ledger_where_no_server_runs() {
        DatabaseSettings database = new DatabaseSettings(
                "jdbc:h2:file:" + directory.resolve("ecgfhir") + ";" + LedgerMigrations.H2_SETTING,
                "sa",
                new Secret(""));
        try (HikariDataSource plain = Pools.of("plain", database, 2)) {
            LedgerMigrations.migrate(plain, "ecg");
        }

        CommandRun start = CommandRun.of(
                "backfill",
                "start",
                "--source",
                "ward",
                "--from",
                "2020-01-01",
                "--until",
                "2021-01-01",
                "--rate",
                "5",
                here());
        assertThat(start.code()).as(start.err()).isZero();
        assertThat(start.err()).contains("backfill 1 is ordered; it begins when the server runs");
        assertThat(CommandRun.of("backfill", "pause", "1", here()).out()).contains("ward", "paused");
        assertThat(CommandRun.of("backfill", "resume", "1", here()).out()).contains("running");
        assertThat(CommandRun.of("backfill", "cancel", "1", here()).out()).contains("cancelled");
        assertThat(CommandRun.of("backfill", "cancel", "1", here()).code()).isEqualTo(2);
        assertThat(CommandRun.of("backfill", "list", "--json", here()).json())
                .singleElement()
                .satisfies(one -> assertThat(one.get("rate").asInt()).isEqualTo(5));
    }

    @Test
    void say_what_is_missing_or_makes_no_sense() {
        assertThat(CommandRun.of("backfill").err()).contains("start, watch, list, pause, resume or cancel");
        assertThat(CommandRun.of("backfill", "start", "--source", "own", here()).err())
                .contains("--from DATE, or --export");
        assertThat(CommandRun.of("backfill", "start", "--source", "own", "--export", "--from", "2020-01-01", here())
                        .err())
                .contains("--since to --export");
        CommandRun backwards = CommandRun.of(
                "backfill", "start", "--source", "own", "--from", "2021-01-01", "--until", "2020-01-01", here());
        assertThat(backwards.code()).isEqualTo(2);
        assertThat(backwards.err()).contains("needs a time from and a later one until");
        assertThat(CommandRun.of("backfill", "start", "--source", "own", "--from", "2020-01-01", "--rate", "-1", here())
                        .code())
                .isEqualTo(2);
    }
}
