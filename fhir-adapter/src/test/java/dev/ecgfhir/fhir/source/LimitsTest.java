package dev.ecgfhir.fhir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ecgfhir.fhir.server.TestFhirServer;
import java.time.Duration;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one server is asked at most, and may answer. */
class LimitsTest {
    private static final FhirClients.Limits USUAL = FhirClients.Limits.defaults();
    private static final Found ECG = new Found("Observation/1", "1", java.time.Instant.EPOCH);

    private TestFhirServer server;

    @BeforeEach
    void start() {
        server = new TestFhirServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RecordingSource source(FhirClients.Limits limits) {
        return new FhirServerSource(FhirClients.client(server.base(), limits), SourceQuery.ecgs());
    }

    private void store(int characters) {
        Observation ecg = new Observation();
        ecg.setId("1");
        ecg.getCode().setText("ECG");
        ecg.addNote().setText("x".repeat(characters));
        server.store().put(ecg);
    }

    @Test
    void an_answer_larger_than_the_server_may_give_is_broken_off_and_not_asked_for_again() {
        store(100_000);
        RecordingSource source = source(USUAL.with(50_000, 0));

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> source.read(ECG));

        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.TOO_LARGE);
        assertThat(thrown.retryable()).isFalse();
        assertThat(thrown)
                .hasMessage("reading Observation/1 version 1 of " + server.base()
                        + ": an answer with more than 50000 bytes");
    }

    @Test
    void an_answer_within_the_limit_is_read() {
        store(100_000);

        assertThat(source(USUAL.with(200_000, 0)).read(ECG)).isPresent();
    }

    @Test
    void a_request_whose_turn_is_too_far_off_is_not_sent() {
        store(10);
        RecordingSource source = source(USUAL.waiting(Duration.ofSeconds(10), Duration.ofSeconds(5))
                .with(50_000, 1)); // the second one a minute later

        assertThat(source.read(ECG)).isPresent();
        SourceException thrown = catchThrowableOfType(SourceException.class, () -> source.read(ECG));

        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.UNAVAILABLE);
        assertThat(thrown.retryable()).isTrue();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void requests_within_the_rate_all_get_their_turn() {
        store(10);
        RecordingSource source = source(USUAL.with(50_000, 6000));
        for (int i = 0; i < 20; i++) {
            assertThat(source.read(ECG)).isNotEqualTo(Optional.empty());
        }

        assertThat(server.requests()).hasSize(20);
    }

    @Test
    void refuses_limits_that_are_none() {
        assertThatThrownBy(() -> USUAL.with(0, 0))
                .hasMessage("an answer's bytes must be at least 1 and requests a minute at least 0, were 0 and 0");
    }
}
