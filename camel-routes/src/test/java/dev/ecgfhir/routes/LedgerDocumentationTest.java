package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.report.Delivery;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.pipeline.GateReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is called at night finds each state and each reason in docs/ledger.md. */
class LedgerDocumentationTest {
    @Test
    void every_state_and_every_reason_is_explained() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "ledger.md"));
        assertThat(Arrays.stream(State.values()).map(Enum::name).filter(state -> !text.contains("**" + state + "**")))
                .as("states without an explanation")
                .isEmpty();
        Stream<String> reasons = Stream.of(
                        Arrays.stream(RouteReason.values()).map(Enum::name),
                        Arrays.stream(GateReason.values()).map(Enum::name),
                        Arrays.stream(BackfillReason.values()).map(Enum::name),
                        Arrays.stream(Delivery.Reason.values())
                                .filter(reason -> reason != Delivery.Reason.NEWER_THERE) // stored as SUPERSEDED
                                .map(Enum::name))
                .flatMap(names -> names);
        assertThat(reasons.filter(reason -> !text.contains("| `" + reason + "` |")))
                .as("reasons without an explanation")
                .isEmpty();
    }
}
