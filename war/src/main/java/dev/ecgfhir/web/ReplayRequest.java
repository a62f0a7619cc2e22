package dev.ecgfhir.web;

import dev.ecgfhir.ledger.Replay;
import dev.ecgfhir.ledger.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code replay} sends to the server. Absent is null.
 *
 * @param states names of states
 * @param id row
 * @param resource type and id
 * @param reason stable code
 * @param model hash or its beginning
 * @param from instant
 * @param until instant
 * @param interpretAgain true to interpret anew
 * @param dryRun true to count only
 */
public record ReplayRequest(
        List<String> states,
        @Nullable Long id,
        @Nullable String resource,
        @Nullable String reason,
        @Nullable String model,
        @Nullable String from,
        @Nullable String until,
        boolean interpretAgain,
        boolean dryRun) {
    /**
     * Returns what the ledger is asked for.
     *
     * @throws IllegalArgumentException if a state or an instant is none
     */
    public Replay toReplay() {
        return new Replay(
                states.stream().map(State::valueOf).collect(Collectors.toSet()),
                Optional.ofNullable(id),
                Optional.ofNullable(resource),
                Optional.ofNullable(reason),
                Optional.ofNullable(model),
                Optional.ofNullable(from).map(Instant::parse),
                Optional.ofNullable(until).map(Instant::parse),
                interpretAgain);
    }
}
