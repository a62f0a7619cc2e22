package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillOrder;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerFilter;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is killed in the middle of a backfill and started again: each ECG of the archive has one row, and each that can be read one
 * report. {@code -Dchaos.kills=20} kills it as often.
 */
class KilledBackfillTest {
    private static final Logger LOG = LoggerFactory.getLogger(KilledBackfillTest.class);
    private static final int KILLS = Integer.getInteger("chaos.kills", 1);
    private static final int ECGS = 100 * (KILLS + 1);
    /** Of so many one can be read; the others end as refused, without the network. */
    private static final int READABLE = 50;

    private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private FhirTestServer server;

    @BeforeEach
    void open() throws Exception {
        server = FhirTestServer.start();
        for (int i = 0; i < ECGS; i++) {
            Observation ecg = i % READABLE == 0 ? Ecgs.observation("ecg-" + i) : withoutPeriod("ecg-" + i);
            Instant when = FIRST.plus(Duration.ofHours(i));
            ecg.setEffective(new DateTimeType(Date.from(when)));
            server.observations.store(ecg, Date.from(when));
        }
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    /** As small as it can be and still be an ECG. */
    static Observation withoutPeriod(String id) {
        Observation ecg = Ecgs.unreadable(id);
        ecg.getComponent().subList(1, ecg.getComponent().size()).clear();
        ecg.getComponentFirstRep().getValueSampledData().setData("1 2 3");
        return ecg;
    }

    @Test
    void by_date_nothing_is_lost_or_doubled() throws Exception {
        assertWhole(BackfillOrder.search("hospital", FIRST, FIRST.plus(Duration.ofHours(ECGS))));
    }

    @Test
    void by_export_nothing_is_lost_or_doubled() throws Exception {
        StringBuilder file = new StringBuilder();
        for (Observation ecg : server.observations.getStoredResources()) {
            file.append(FhirTestServer.FHIR.newJsonParser().encodeResourceToString(ecg))
                    .append('\n');
        }
        server.exports.files.add(file.toString());
        assertWhole(BackfillOrder.export("hospital"));
    }

    private void assertWhole(BackfillOrder order) throws Exception {
        Path ledger = directory.resolve("ledger");
        Path log = directory.resolve("log");
        try (HikariDataSource pool = Pools.h2(ledger)) {
            new Ledger(pool, Clock.systemUTC()).backfills().start(order);
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            try (BackfillProcess process = BackfillProcess.start(server.url(), ledger, log)) {
                process.killAfter(ECGS * (long) kill / (KILLS + 1));
            }
            LOG.info("{}: kill {} of {} at {} ECGs", order.kind(), kill, KILLS, ECGS * kill / (KILLS + 1));
            try (HikariDataSource pool = Pools.h2(ledger)) {
                assertThat(job(new Ledger(pool, Clock.systemUTC())).state())
                        .as("after kill %d", kill)
                        .isEqualTo(Backfill.State.RUNNING);
            }
        }
        try (BackfillProcess process = BackfillProcess.start(server.url(), ledger, log)) {
            process.finish();
        }
        try (HikariDataSource pool = Pools.h2(ledger)) {
            Ledger whole = new Ledger(pool, Clock.systemUTC());
            LOG.info(
                    "{}: {} ECGs, found {} times; {}",
                    order.kind(),
                    ECGS,
                    job(whole).counts().found(),
                    whole.counts());
            assertWhole(whole);
        }
    }

    private void assertWhole(Ledger ledger) {
        List<LedgerEntry> rows = rows(ledger);
        assertThat(rows)
                .extracting(LedgerEntry::resource)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ECGS)
                        .mapToObj(i -> "Observation/ecg-" + i)
                        .toList());
        assertThat(rows).extracting(LedgerEntry::priority).containsOnly(Priority.BACKFILL);
        int readable = (ECGS + READABLE - 1) / READABLE;
        assertThat(ledger.counts().of(State.DELIVERED)).isEqualTo(readable);
        assertThat(ledger.counts().of(State.REFUSED)).isEqualTo(ECGS - readable);
        assertThat(server.reports.getStoredResources()).hasSize(readable);
        assertThat(server.delivered)
                .as("ids of reports as transactions brought them")
                .doesNotHaveDuplicates();
        assertThat(job(ledger).counts().discovered()).isEqualTo(ECGS);
    }

    private static List<LedgerEntry> rows(Ledger ledger) {
        List<LedgerEntry> rows = new ArrayList<>();
        for (List<LedgerEntry> page = ledger.entries(LedgerFilter.all());
                !page.isEmpty();
                page = ledger.entries(
                        LedgerFilter.all().after(rows.get(rows.size() - 1).id()))) {
            rows.addAll(page);
        }
        return rows;
    }

    private static Backfill job(Ledger ledger) {
        return ledger.backfills().all().get(0);
    }
}
