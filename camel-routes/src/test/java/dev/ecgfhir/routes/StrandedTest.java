package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.FinishedReport;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.ledger.Priority;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrandedTest {
    @TempDir
    Path directory;

    @Test
    void rows_that_wait_for_a_server_which_is_no_longer_configured_are_told() {
        try (HikariDataSource pool = Pools.h2(directory.resolve("ledger"))) {
            Ledger ledger = new Ledger(pool, Clock.systemUTC());
            ledger.discover("http://old/fhir", "Observation/1", "1", Priority.ROUTINE);
            ledger.discover("http://old/fhir", "Observation/2", "1", Priority.ROUTINE);
            ledger.discover("http://ward/fhir", "Observation/1", "1", Priority.ROUTINE);
            ledger.claimDiscovered(List.of("http://ward/fhir"), 1, Duration.ofMinutes(1))
                    .forEach(claim -> ledger.interpreted(claim, new FinishedReport("sha256:m", "r", "archive", "{}")));
            ledger.discover("http://ward/fhir", "Observation/2", "1", Priority.ROUTINE);

            assertThat(Stranded.lines(
                            ledger.waitingRows(),
                            RoutesConfig.of(
                                    List.of(SourceRouteConfig.at("ward", "http://ward/fhir")
                                            .build()),
                                    List.of())))
                    .containsExactly(
                            "2 ECGs of source http://old/fhir wait to be interpreted, and no source has this address now; they"
                                    + " wait until one has",
                            "1 reports wait for target archive, and no target has this name now; they wait until one has");
        }
    }
}
