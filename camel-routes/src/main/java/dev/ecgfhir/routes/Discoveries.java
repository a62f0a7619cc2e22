package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.Found;
import dev.ecgfhir.ledger.Discovery;
import dev.ecgfhir.ledger.Priority;
import java.util.List;

/** Rows of what was found in an archive. */
final class Discoveries {
    private Discoveries() {}

    /**
     * Makes them.
     *
     * @param base the source's base address
     */
    static List<Discovery> of(String base, List<Found> found) {
        return found.stream()
                .map(one -> new Discovery(
                        one.resource(), one.version(), one.lastUpdated(), Priority.BACKFILL, Spread.of(base, one)))
                .toList();
    }
}
