package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.fhir.recording.LeadOrder;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.VoltageUnit;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.terminology.Terminology;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several servers in one context, each read by its own rules. */
class SourcesTest {
    private static final String ORDER = "I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6";

    @TempDir
    Path directory;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CamelContext context = new DefaultCamelContext();
    private HikariDataSource pool;
    private Ledger ledger;
    private FhirTestServer ward;
    private FhirTestServer clinic;
    private FhirTestServer hanging;
    private FhirTestServer archive;

    @BeforeEach
    void start() throws Exception {
        pool = Pools.h2(directory.resolve("ledger"));
        ledger = new Ledger(pool, Clock.systemUTC());
        ward = FhirTestServer.start();
        clinic = FhirTestServer.start();
        hanging = FhirTestServer.start();
        archive = FhirTestServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        context.stop();
        pool.close();
        for (FhirTestServer server : List.of(ward, clinic, hanging, archive)) {
            server.close();
        }
    }

    private static Observation withoutUnit() {
        Observation ecg = Ecgs.observation("no-unit");
        ecg.getComponent().forEach(lead -> lead.getValueSampledData().setOrigin(new Quantity().setValue(0)));
        return ecg;
    }

    private static Observation withoutLeads() {
        Observation ecg = Ecgs.observation("no-leads");
        ecg.getComponent().forEach(lead -> lead.setCode(ecg.getCode()));
        return ecg;
    }

    private void awaitState(FhirTestServer source, String ecg, State state) {
        Until.holds(
                ecg + " is " + state,
                () -> ledger.find(source.url(), "Observation/" + ecg, "1")
                        .filter(row -> row.state() == state)
                        .isPresent());
    }

    private String reason(FhirTestServer source, String ecg) {
        return ledger.find(source.url(), "Observation/" + ecg, "1")
                .orElseThrow()
                .reason()
                .orElseThrow();
    }

    @Test
    void each_has_its_own_unit_lead_order_limit_interval_and_target_and_waits_for_no_other() throws Exception {
        AtomicInteger hangs = new AtomicInteger();
        hanging.failing(request -> {
            hangs.incrementAndGet();
            awaited();
            return 0;
        });
        for (FhirTestServer server : List.of(ward, clinic)) {
            server.observations.store(Ecgs.observation("whole"));
            server.observations.store(withoutUnit());
            server.observations.store(withoutLeads());
        }
        EcgRoutes.addTo(
                context,
                new RoutesConfig(
                        List.of(
                                SourceRouteConfig.at("hanging", hanging.url())
                                        .every(Duration.ofMillis(20))
                                        .build(),
                                SourceRouteConfig.at("ward", ward.url())
                                        .every(Duration.ofMillis(50))
                                        .reading(ReadOptions.defaults()
                                                .withDefaultUnit(VoltageUnit.MILLIVOLT)
                                                .withLeadOrder(
                                                        LeadOrder.parse(ORDER).orElseThrow()))
                                        .reportingTo("archive")
                                        .build(),
                                SourceRouteConfig.at("clinic", clinic.url())
                                        .every(Duration.ofHours(1))
                                        .reading(ReadOptions.defaults().withMaximumPoints(59_999))
                                        .build()),
                        List.of(new TargetRouteConfig("archive", archive.url(), false)),
                        new WorkConfig(2, 2, Duration.ofMinutes(1), Duration.ofMillis(100)),
                        new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3)),
                RouteParts.of(ledger, Ecgs.interpreter(), Terminology.labelMap(), FhirTestServer.FHIR, "0.1.0-test"));
        context.start();

        for (String ecg : List.of("whole", "no-unit", "no-leads")) {
            awaitState(ward, ecg, State.DELIVERED);
            awaitState(clinic, ecg, State.REFUSED);
        }
        assertThat(reason(clinic, "whole")).isEqualTo("TOO_LONG");
        assertThat(reason(clinic, "no-unit")).isEqualTo("NO_UNIT");
        assertThat(reason(clinic, "no-leads")).isEqualTo("NO_KNOWN_LEAD");
        assertThat(archive.delivered).hasSize(3);
        assertThat(ward.delivered).isEmpty();
        assertThat(hangs).as("searches that hang").hasValue(1);

        ward.observations.store(Ecgs.observation("later"));
        clinic.observations.store(Ecgs.observation("later"));
        awaitState(ward, "later", State.DELIVERED);
        assertThat(ledger.versions(clinic.url(), "Observation/later")).isEmpty(); // it is looked at once an hour
    }

    private void awaited() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
