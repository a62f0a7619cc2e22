package dev.ecgfhir.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which finished rows are given another chance; what is empty selects nothing out.
 *
 * @param states rows in these; DEAD, REFUSED and DELIVERED can be replayed
 * @param id this row
 * @param resource type and id, {@code Observation/7}
 * @param reason stable code
 * @param model hash of the model that read it, or its beginning, {@code sha256:0a1b}
 * @param from finished at this instant or later
 * @param until finished before this instant
 * @param interpretAgain true to interpret anew even where the outbox still has the finished report
 */
public record Replay(
        Set<State> states,
        Optional<Long> id,
        Optional<String> resource,
        Optional<String> reason,
        Optional<String> model,
        Optional<Instant> from,
        Optional<Instant> until,
        boolean interpretAgain) {
    private static final Set<State> POSSIBLE = Set.of(State.DEAD, State.REFUSED, State.DELIVERED);

    /** Copies the states and checks them. */
    public Replay {
        states = Set.copyOf(states);
        if (states.isEmpty() || !POSSIBLE.containsAll(states)) {
            throw new IllegalArgumentException("only DEAD, REFUSED and DELIVERED rows can be replayed, was " + states);
        }
    }

    /** Returns the dead row with an id. */
    public static Replay dead(long id) {
        return new Replay(
                Set.of(State.DEAD),
                Optional.of(id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
