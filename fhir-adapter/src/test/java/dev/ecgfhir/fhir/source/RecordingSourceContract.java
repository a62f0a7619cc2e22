package dev.ecgfhir.fhir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.fhir.server.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** What every source promises. */
abstract class RecordingSourceContract {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    static final Duration OVERLAP = Duration.ofSeconds(10);

    abstract MemoryStore store();

    /** Sets the server's clock. */
    abstract void clock(Instant now);

    abstract RecordingSource source();

    @Test
    void hands_on_every_recording_from_the_beginning() {
        write("a", NOON.minusSeconds(86400));
        write("b", NOON.minusSeconds(60));
        write("c", NOON);
        write("d", NOON);
        write("e", NOON);

        assertThat(resources(poll(Cursor.start())))
                .containsExactlyInAnyOrder(
                        "Observation/a", "Observation/b", "Observation/c", "Observation/d", "Observation/e");
    }

    @Test
    void hands_on_a_new_version_and_not_what_lies_before_the_overlap() {
        write("old", NOON.minusSeconds(60));
        write("changed", NOON.minusSeconds(60));
        write("latest", NOON);
        Cursor cursor = source().poll(Cursor.start(), page -> {});
        clock(NOON.plusSeconds(60));
        write("changed", NOON.plusSeconds(60));

        assertThat(poll(cursor))
                .extracting(Found::resource, Found::version)
                .contains(org.assertj.core.groups.Tuple.tuple("Observation/changed", "2"))
                .doesNotContain(org.assertj.core.groups.Tuple.tuple("Observation/old", "1"));
    }

    @Test
    void finds_a_row_of_the_same_instant_that_became_visible_later() {
        write("first", NOON);
        Cursor cursor = source().poll(Cursor.start(), page -> {});
        write("second", NOON);

        assertThat(resources(poll(cursor))).contains("Observation/second");
    }

    @Test
    void finds_a_row_that_was_committed_late_with_an_earlier_stamp() {
        write("first", NOON);
        Cursor cursor = source().poll(Cursor.start(), page -> {});
        write("late", NOON.minus(OVERLAP));

        assertThat(resources(poll(cursor))).contains("Observation/late");
    }

    @Test
    void begins_now_behind_what_is_there_and_before_what_comes() {
        write("old", NOON.minusSeconds(60));
        clock(NOON);
        write("there", NOON);
        Cursor now = source().now();
        clock(NOON.plusSeconds(60));
        write("new", NOON.plusSeconds(60));

        assertThat(resources(poll(now))).contains("Observation/new").doesNotContain("Observation/old");
    }

    @Test
    void finds_the_present_versions_of_those_asked_for() {
        write("a", NOON.minusSeconds(60));
        write("b", NOON);
        write("c", NOON);
        write("c", NOON);

        assertThat(source().find(List.of("a", "c", "unknown")))
                .extracting(found -> found.resource() + " " + found.version())
                .containsExactlyInAnyOrder("Observation/a 1", "Observation/c 2");
    }

    @Test
    void keeps_the_cursor_when_there_is_nothing() {
        assertThat(source().poll(Cursor.start(), page -> {})).isEqualTo(Cursor.start());
        Cursor later = Cursor.from(NOON.minusSeconds(30));
        assertThat(source().poll(later, page -> {})).isEqualTo(later);
    }

    @Test
    void goes_on_from_a_stored_cursor() {
        write("a", NOON);
        Cursor cursor = source().poll(Cursor.start(), page -> {});

        assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor).isEqualTo(Cursor.from(NOON));
    }

    @Test
    void never_hands_on_an_empty_page() {
        write("a", NOON);
        source().poll(Cursor.start(), page -> assertThat(page).isNotEmpty());
        source().poll(
                        Cursor.from(NOON.plusSeconds(3600)),
                        page -> assertThat(page).isNotEmpty());
    }

    @Test
    void passes_on_what_the_receiver_throws() {
        write("a", NOON);
        IllegalStateException full = new IllegalStateException("the ledger is full");

        assertThatThrownBy(() -> source().poll(Cursor.start(), page -> {
                    throw full;
                }))
                .isSameAs(full);
    }

    @Test
    void reads_exactly_the_version_that_was_found() {
        write("a", NOON, "first");
        Found found = poll(Cursor.start()).get(0);
        write("a", NOON, "second");

        assertThat(source().read(found))
                .get()
                .extracting(one -> one.getCode().getText())
                .isEqualTo("first");
    }

    @Test
    void reads_nothing_of_a_recording_that_never_was() {
        assertThat(source().read(new Found("Observation/none", "1", NOON))).isEmpty();
    }

    final List<Found> poll(Cursor from) {
        List<Found> found = new ArrayList<>();
        source().poll(from, found::addAll);
        return found;
    }

    static List<String> resources(List<Found> found) {
        return found.stream().map(Found::resource).toList();
    }

    final void write(String id, Instant lastUpdated) {
        write(id, lastUpdated, "ECG");
    }

    final void write(String id, Instant lastUpdated, String text) {
        store().put(ecg(id, text), lastUpdated);
    }

    static Observation ecg(String id, String text) {
        Observation ecg = new Observation();
        ecg.setId(id);
        ecg.setStatus(Observation.ObservationStatus.FINAL);
        ecg.getCode().setText(text).addCoding(new Coding("urn:oid:2.16.840.1.113883.6.24", "131328", null));
        return ecg;
    }
}
