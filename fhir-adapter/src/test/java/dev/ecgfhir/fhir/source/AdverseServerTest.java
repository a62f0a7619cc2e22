package dev.ecgfhir.fhir.source;

import static dev.ecgfhir.fhir.source.RecordingSourceContract.NOON;
import static dev.ecgfhir.fhir.source.RecordingSourceContract.OVERLAP;
import static dev.ecgfhir.fhir.source.RecordingSourceContract.ecg;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.server.TestFhirServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * All that makes a server hard to poll at once, drawn by a seed: its clock is up to five minutes off, rows share instants or become visible
 * late, pages come in any order and their links expire, and it asks to come back later.
 */
class AdverseServerTest {
    private static final int SEEDS = 4;
    private static final int POLLS = 30;

    private final Set<String> written = new HashSet<>();
    private final List<Late> late = new ArrayList<>();

    /** A row that is written and not yet visible. */
    private record Late(String id, Instant stamp, Instant visible) {}

    @Test
    void no_row_is_lost() {
        int failed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (TestFhirServer server = new TestFhirServer()) {
                failed += polledWithoutLoss(server, seed);
            }
        }
        assertThat(failed).as("polls that a server broke off").isGreaterThan(SEEDS);
    }

    private int polledWithoutLoss(TestFhirServer server, long seed) {
        Random random = new Random(seed);
        RecordingSource source = new FhirServerSource(
                server.client(), SourceQuery.ecgs().withPageSize(3).withOverlap(OVERLAP));
        Set<String> found = new HashSet<>();
        written.clear();
        late.clear();
        server.behaviour().shuffle(seed);
        Instant theirs = NOON.plusSeconds(random.nextInt(601) - 300);
        Cursor cursor = Cursor.start();
        int failed = 0;
        for (int poll = 0; poll < POLLS; poll++) {
            theirs = theirs.plusMillis(random.nextInt(4000));
            write(server, theirs, random, "ecg-" + seed + "-" + poll);
            show(server, theirs);
            trouble(server, random);
            try {
                cursor = source.poll(cursor, page -> page.forEach(row -> found.add(row.resource())));
            } catch (SourceException e) {
                assertThat(e.retryable())
                        .as("seed %d: %s", seed, e.getMessage())
                        .isTrue();
                failed++;
            }
        }
        show(server, theirs.plus(OVERLAP));
        server.setClock(theirs.plus(OVERLAP));
        while (!server.isInPeace()) {
            poll(source, cursor, found);
        }
        poll(source, cursor, found);
        assertThat(found).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(written);
        return failed;
    }

    private static void poll(RecordingSource source, Cursor cursor, Set<String> found) {
        try {
            source.poll(cursor, page -> page.forEach(row -> found.add(row.resource())));
        } catch (SourceException e) {
            assertThat(e.retryable()).isTrue();
        }
    }

    /** Some rows of one instant, of which others see some within the overlap only. */
    private void write(TestFhirServer server, Instant now, Random random, String name) {
        server.setClock(now);
        for (int i = random.nextInt(4); i > 0; i--) {
            String id = name + "-" + i;
            written.add("Observation/" + id);
            if (random.nextInt(3) == 0) {
                late.add(new Late(id, now, now.plusMillis(random.nextInt((int) OVERLAP.toMillis()))));
            } else {
                server.store().put(ecg(id, "ECG"));
            }
        }
    }

    private void show(TestFhirServer server, Instant now) {
        for (Iterator<Late> rows = late.iterator(); rows.hasNext(); ) {
            Late row = rows.next();
            if (!row.visible().isAfter(now)) {
                server.setClock(row.stamp());
                server.store().put(ecg(row.id(), "ECG"));
                rows.remove();
            }
        }
        server.setClock(now);
    }

    private static void trouble(TestFhirServer server, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> server.failNext(new TestFhirServer.Fault(random.nextBoolean() ? 429 : 503, "1"));
            case 1 -> server.expireLinksAfter(random.nextInt(3));
            default -> {}
        }
    }
}
