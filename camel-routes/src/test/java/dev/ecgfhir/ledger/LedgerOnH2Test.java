package dev.ecgfhir.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerOnH2Test extends GroupedLedgerContract {
    @TempDir
    Path directory;

    private HikariDataSource pool;

    @Override
    DataSource emptyLedger() {
        pool = Pools.h2(directory.resolve("ledger"));
        return pool;
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void knows_everything_after_the_file_is_opened_again() {
        ledger.discover(SOURCE, "Observation/1", "1", Priority.ROUTINE);
        ledger.discover(SOURCE, "Observation/2", "1", Priority.ROUTINE);
        Claim claim = ledger.claimDiscovered(List.of(SOURCE), 1, LEASE).get(0);
        ledger.interpreted(claim, new FinishedReport("sha256:ab", "report-1", "main", "{}"));
        ledger.claimDiscovered(List.of(SOURCE), 1, LEASE);
        ledger.feeds().save(SOURCE, "lastUpdated:2026-11-24T03:03:00Z");
        pool.close();

        ledger = new Ledger(emptyLedger(), clock);
        assertThat(ledger.counts().inProgress()).isEqualTo(2);
        assertThat(ledger.feeds().cursor(SOURCE)).contains("lastUpdated:2026-11-24T03:03:00Z");
        assertThat(ledger.outbox().report(claim.entry().id())).contains("{}");
        assertThat(ledger.discover(SOURCE, "Observation/1", "1", Priority.ROUTINE))
                .isFalse();
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 10, LEASE)).isEmpty();
        clock.move(LEASE);
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 10, LEASE)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, -1})
    void a_file_that_opens_and_has_a_damaged_page_is_not_read_through(byte lost) throws Exception {
        for (int i = 0; i < 3000; i++) {
            ledger.discover(SOURCE, "Observation/row-" + i, "1", Priority.ROUTINE);
        }
        LedgerMigrations.readThrough(pool, "ECG");
        pool.close();
        Path file = directory.resolve("ledger.mv.db");
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // wherever the row stands: in its table, in indexes, and in what H2 has not yet cleared away
            for (int at = content.indexOf("row-1500"); at >= 0; at = content.indexOf("row-1500", at + 1)) {
                byte[] damage = new byte[64];
                Arrays.fill(damage, lost);
                channel.write(ByteBuffer.wrap(damage), at - 32L);
            }
        }

        DataSource damaged = emptyLedger();
        assertThatThrownBy(() -> LedgerMigrations.readThrough(damaged, "ECG"))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("reading the ledger through: ");
    }

    @Test
    void claims_in_the_order_of_an_index_so_that_the_length_of_the_queue_does_not_matter() throws Exception {
        for (int i = 0; i < 2000; i++) {
            ledger.discover(SOURCE, "Observation/" + i, "1", Priority.ROUTINE);
        }
        try (Connection connection = pool.getConnection();
                ResultSet plan = connection
                        .createStatement()
                        .executeQuery(
                                "explain analyze select id from ledger_entry where state = 'DISCOVERED' and source = '"
                                        + SOURCE
                                        + "' and priority = 1 and available_at <= timestamp with time zone '2027-01-01 00:00:00Z'"
                                        + " order by state, source, priority, available_at limit 2")) {
            plan.next();
            String text = plan.getString(1);
            assertThat(text).contains("LEDGER_ENTRY_TO_INTERPRET").contains("index sorted");
            assertThat(text).containsPattern("scanCount: [1-5]\\b");
        }
    }
}
