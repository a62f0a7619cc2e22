package dev.ecgfhir.fhir.source;

import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;

/** Follows the latest stamp of one poll. Not safe to share between threads. */
final class Watermark {
    private final Cursor from;
    private final Optional<Instant> serverTime;
    private Optional<Instant> latest;

    /**
     * Begins a poll.
     *
     * @param from where it begins
     * @param serverTime the Date header of the first answer
     */
    Watermark(Cursor from, Optional<Instant> serverTime) {
        this.from = from;
        this.serverTime = serverTime;
        this.latest = from.watermark();
    }

    /** Takes one row into account. */
    Found see(Observation observation) {
        Optional<Instant> stamp = lastUpdated(observation).or(() -> serverTime);
        if (stamp.isPresent() && latest.map(stamp.get()::isAfter).orElse(true)) {
            latest = stamp;
        }
        return new Found(
                "Observation/" + observation.getIdElement().getIdPart(),
                versionOf(observation),
                stamp.orElse(Instant.EPOCH),
                Optional.ofNullable(observation.getSubject().getReference()));
    }

    /** Returns where the next poll begins: the latest stamp, but never ahead of the server's clock. */
    Cursor cursor() {
        if (latest.isEmpty()) {
            return from;
        }
        Instant seen = latest.get();
        return Cursor.from(serverTime.filter(seen::isAfter).orElse(seen));
    }

    /** Returns the versionId, or what stands for it where the server does not version. */
    static String versionOf(Observation observation) {
        String version = observation.getIdElement().getVersionIdPart();
        if (version == null || version.isEmpty()) {
            version = observation.getMeta().getVersionId();
        }
        return version == null || version.isEmpty()
                ? Found.NOT_A_VERSION_ID
                        + lastUpdated(observation).map(Instant::toString).orElse("unknown")
                : version;
    }

    private static Optional<Instant> lastUpdated(Observation observation) {
        return observation.getMeta().hasLastUpdated()
                ? Optional.of(observation.getMeta().getLastUpdated().toInstant())
                : Optional.empty();
    }
}
