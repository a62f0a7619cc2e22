package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerListener;
import dev.ecgfhir.ledger.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.Test;

/** An ECG that somebody stores in the embedded repository is found, interpreted and answered, over HTTP as on any other server. */
class FeedTest {
    private static final Path RECORDING =
            Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir", "ptbxl_00002.json");

    @Test
    void reports_an_ecg_that_was_posted_exactly_once() throws Exception {
        String id = posted(Files.readString(RECORDING));

        LedgerEntry entry = ended(id);

        assertThat(entry.state()).isEqualTo(State.DELIVERED);
        Bundle provenances = search("/fhir/Provenance?entity=Observation/" + id);
        assertThat(provenances.getEntry()).hasSize(1);
        Bundle reports = search("/fhir/DiagnosticReport?result.derived-from=Observation/" + id);
        assertThat(reports.getEntry())
                .singleElement()
                .satisfies(one -> assertThat(((DiagnosticReport) one.getResource()).getStatus())
                        .isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY));
    }

    @Test
    void is_found_by_the_links_of_the_page() throws Exception {
        ended(posted(Files.readString(RECORDING)));
        List<String> links = Pattern.compile("href=\"(fhir/[^\"]+)\"")
                .matcher(TestServer.get("/").body())
                .results()
                .map(match -> "/" + match.group(1).replace("&amp;", "&"))
                .filter(link -> link.contains("?") && !link.contains("metadata") && !link.contains("$statistics"))
                .toList();

        assertThat(links)
                .hasSize(2)
                .allSatisfy(link -> assertThat(search(link).getEntry()).isNotEmpty());
    }

    @Test
    void keeps_the_reason_of_an_ecg_that_cannot_be_read() throws Exception {
        String id = posted(Files.readString(RECORDING).replaceAll("\"period\": ?[0-9.]+,", ""));

        LedgerEntry entry = ended(id);

        assertThat(entry.state()).isEqualTo(State.REFUSED);
        assertThat(entry.reason()).contains("NO_PERIOD");
    }

    @Test
    void counts_and_times_what_became_of_ecgs() throws Exception {
        ended(posted(Files.readString(RECORDING)));
        ended(posted(Files.readString(RECORDING).replaceAll("\"period\": ?[0-9.]+,", "")));

        assertThat(TestServer.get("/actuator/prometheus").body())
                .containsPattern("ecgfhir_recordings_total\\{reason=\"none\",state=\"delivered\"\\} [1-9]")
                .containsPattern("ecgfhir_recordings_total\\{reason=\"NO_PERIOD\",state=\"refused\"\\} [1-9]")
                .containsPattern("ecgfhir_recordings_latency_seconds_count [1-9]")
                .containsPattern("ecgfhir_server_failures\\{kind=\"source\",name=\"own\"\\} 0");
    }

    private static String posted(String observation) {
        return TestServer.post("/fhir/Observation", observation)
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/Observation/([^/]+)/.*", "$1");
    }

    /** Waits until the ledger is done with an ECG: it tells its listeners of each change. */
    private static LedgerEntry ended(String id) throws Exception {
        CompletableFuture<State> ended = new CompletableFuture<>();
        LedgerListener listener = change -> {
            if (change.resource().equals("Observation/" + id) && change.state().isFinished()) {
                ended.complete(change.state());
            }
        };
        TestServer.server().ledger().addListener(listener);
        try {
            find(id).map(LedgerEntry::state).filter(State::isFinished).ifPresent(ended::complete);
            ended.get(60, TimeUnit.SECONDS);
            return find(id).orElseThrow();
        } finally {
            TestServer.server().ledger().removeListener(listener);
        }
    }

    private static Optional<LedgerEntry> find(String id) {
        return TestServer.server().ledger().find(TestServer.server().fhirUrl(), "Observation/" + id, "1");
    }

    private static Bundle search(String path) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Bundle.class, TestServer.get(path).body());
    }
}
