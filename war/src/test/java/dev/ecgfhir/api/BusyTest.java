package dev.ecgfhir.api;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Duration;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;

class BusyTest {
    @Test
    void who_finds_no_place_gets_503_and_is_told_when_to_come_back() {
        BaseServerResponseException answer =
                Outcomes.busy("QUEUE_FULL", "the queue of live ECGs is full", Duration.ofSeconds(7));

        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getResponseHeaders().get("Retry-After")).containsExactly("7");
        OperationOutcome outcome = (OperationOutcome) answer.getOperationOutcome();
        assertThat(outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode())
                .isEqualTo("QUEUE_FULL");
    }
}
