package dev.ecgfhir.routes;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.fhir.source.FhirServerSource;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillOrder;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Pools;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many ECGs of an archive get their row in a second, by a search and by an export: over HTTP from a server that holds them in memory in this process,
 * into a ledger in an H2 file; nothing is interpreted. The command stands in docs/scale.md; no test: its name is none that is run by itself, and nothing is
 * asserted.
 */
class BackfillMeasurement {
    private static final int ECGS = Integer.getInteger("backfill.ecgs", 5000);
    private static final int LARGE = Math.max(1, ECGS / 20);
    private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void tells_rows_a_second() throws Exception {
        try (FhirTestServer server = FhirTestServer.start()) {
            for (int i = 0; i < ECGS; i++) {
                Observation ecg = KilledBackfillTest.withoutPeriod("ecg-" + i);
                Instant when = FIRST.plus(Duration.ofMinutes(10L * i));
                ecg.setEffective(new DateTimeType(Date.from(when)));
                server.observations.store(ecg, Date.from(when));
            }
            for (int round = 1; round <= 2; round++) { // the first one is the JVM's
                measure(
                        "by date, pages of 200",
                        round,
                        server,
                        BackfillOrder.search("hospital", FIRST, FIRST.plus(Duration.ofMinutes(10L * ECGS))));
            }
            server.exports.files.add(export(
                    ECGS,
                    FhirTestServer.FHIR
                            .newJsonParser()
                            .encodeResourceToString(
                                    server.observations.getStoredResources().get(0))));
            measure("by export, short lines", 1, server, BackfillOrder.export("hospital"));
            server.exports.files.clear();
            server.exports.files.add(export(
                    LARGE, FhirTestServer.FHIR.newJsonParser().encodeResourceToString(Ecgs.observation("ecg-0"))));
            measure(
                    "by export, lines of " + server.exports.files.get(0).length() / LARGE / 1024 + " KB",
                    1,
                    server,
                    BackfillOrder.export("hospital"));
        }
    }

    private static String export(int ecgs, String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ecgs; i++) {
            text.append(line.replace("\"id\":\"ecg-0\"", "\"id\":\"ecg-" + i + "\""))
                    .append('\n');
        }
        return text.toString();
    }

    private void measure(String what, int round, FhirTestServer server, BackfillOrder order) throws Exception {
        try (HikariDataSource pool = Pools.h2(directory.resolve(what.replaceAll("\\W", "") + round))) {
            Ledger ledger = new Ledger(pool, Clock.systemUTC());
            NodeConfig node = new NodeConfig("node", Duration.ofMinutes(10));
            SourceRouteConfig config =
                    SourceRouteConfig.at("hospital", server.url()).pages(200).build();
            IGenericClient client = FhirClients.client(server.url(), FhirClients.Limits.defaults());
            FhirServerSource source = new FhirServerSource(client, config.sourceQuery());
            Watch watch = Watch.poll(ledger, ledger.duties(node.name(), node.lease()), source.base(), node);
            watch.take();
            SourceLane lane = SourceLane.of(
                    config,
                    source,
                    new Pause(new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3), Clock.systemUTC()),
                    watch,
                    new TargetRouteConfig("hospital", server.url(), false));
            BackfillWork work = new BackfillWork(lane, ledger, new Archives(config, source, client), Clock.systemUTC());
            long id = ledger.backfills().start(order).id();
            long begun = System.nanoTime();
            while (ledger.backfills().find(id).orElseThrow().state() == Backfill.State.RUNNING) {
                work.process(new DefaultExchange(new DefaultCamelContext()));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            long rows = ledger.backfills().find(id).orElseThrow().counts().discovered();
            System.out.printf(
                    "%s, round %d: %d rows in %.1f s, %.0f a second%n", what, round, rows, seconds, rows / seconds);
        }
    }
}
