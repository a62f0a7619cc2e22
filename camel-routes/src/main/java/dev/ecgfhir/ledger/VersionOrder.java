package dev.ecgfhir.ledger;

import java.math.BigInteger;
import java.time.Instant;

/**
 * Which of two versions of one Observation is the newer one: by number where versions are numbers, as FHIR proposes; else by the source's
 * clock; of two of the same instant that which was discovered later.
 *
 * @param version as the source counts them
 * @param sourceUpdated when the source wrote it, by its clock
 * @param id its row
 */
record VersionOrder(String version, Instant sourceUpdated, long id) {
    static VersionOrder of(LedgerEntry entry) {
        return new VersionOrder(entry.version(), entry.sourceUpdated(), entry.id());
    }

    boolean isNewerThan(VersionOrder other) {
        if (isNumbered() && other.isNumbered()) {
            return new BigInteger(version).compareTo(new BigInteger(other.version)) > 0;
        }
        int later = sourceUpdated.compareTo(other.sourceUpdated);
        return later > 0 || (later == 0 && id > other.id);
    }

    boolean isNumbered() {
        return version.matches("\\d{1,18}");
    }
}
