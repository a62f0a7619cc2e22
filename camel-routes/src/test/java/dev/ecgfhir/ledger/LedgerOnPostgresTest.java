package dev.ecgfhir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerOnPostgresTest extends GroupedLedgerContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static EmbeddedPostgres server;

    private HikariDataSource pool;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    DataSource emptyLedger() {
        String schema =
                LedgerMigrations.migrate(server.getPostgresDatabase(), "ecg" + SCHEMAS.incrementAndGet(), "fhir");
        pool = Pools.pool(server.getJdbcUrl("postgres", "postgres"), "postgres", schema);
        return pool;
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void three_nodes_whose_clocks_differ_share_the_rows_and_take_over_those_of_a_dead_one() throws Exception {
        int rows = 600;
        for (int i = 0; i < rows; i++) {
            ledger.discover(SOURCE, "Observation/" + i, "1", Priority.ROUTINE);
        }
        Set<Long> ofTheDead = ledger.claimDiscovered(List.of(SOURCE), 50, LEASE).stream()
                .map(claim -> claim.entry().id())
                .collect(Collectors.toSet());
        clock.move(LEASE.dividedBy(2));
        List<Long> claimed = Collections.synchronizedList(new ArrayList<>());
        claimAll(claimed);
        assertThat(claimed).doesNotHaveDuplicates().hasSize(rows - 50).doesNotContainAnyElementsOf(ofTheDead);

        clock.move(LEASE.dividedBy(2).plusSeconds(10)); // the dead node's leases have ended, the others' not
        claimed.clear();
        claimAll(claimed);
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ofTheDead);
    }

    /** Claims in three nodes, each with connections and a clock of its own, until nothing is left for any of them. */
    private void claimAll(List<Long> claimed) throws Exception {
        AtomicInteger nodes = new AtomicInteger();
        together(3, () -> {
            Duration behind = Duration.ofSeconds(5L * nodes.getAndIncrement());
            try (HikariDataSource own = Pools.pool(pool.getJdbcUrl(), "postgres", pool.getSchema())) {
                Ledger node =
                        new Ledger(own, Clock.offset(clock, behind.negated().plusSeconds(10)));
                List<Claim> claims = node.claimDiscovered(List.of(SOURCE), 7, LEASE);
                for (int empty = 0; empty < 3; ) { // others hold rows locked for a moment
                    empty = claims.isEmpty() ? empty + 1 : 0;
                    claims.forEach(claim -> claimed.add(claim.entry().id()));
                    claims = node.claimDiscovered(List.of(SOURCE), 7, LEASE);
                }
            }
            return null;
        });
        ledger.claimDiscovered(List.of(SOURCE), 1000, LEASE)
                .forEach(claim -> claimed.add(claim.entry().id()));
    }
}
