package dev.ecgfhir.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ledger promises on every database. */
abstract class LedgerContract {
    static final String SOURCE = "http://source/fhir";
    static final Duration LEASE = Duration.ofMinutes(2);
    private static final FinishedReport REPORT = new FinishedReport("sha256:ab", "report-1", "main", "{\"a\":\"µV\"}");

    final MovableClock clock = new MovableClock();
    Ledger ledger;
    private DataSource database;

    /** Returns a pool on an empty, migrated ledger. */
    abstract DataSource emptyLedger();

    @BeforeEach
    void open() {
        database = emptyLedger();
        ledger = new Ledger(database, clock);
    }

    private Claim claimed(String resource) {
        ledger.discover(SOURCE, resource, "1", Priority.ROUTINE);
        List<Claim> claims = ledger.claimDiscovered(List.of(SOURCE), 1, LEASE);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    private Claim claimedToDeliver(String resource) {
        assertThat(ledger.interpreted(claimed(resource), REPORT)).isTrue();
        return ledger.claimDeliverable("main", 1, LEASE).get(0);
    }

    private State stateOf(Claim claim) {
        LedgerEntry entry = claim.entry();
        return ledger.find(entry.source(), entry.resource(), entry.version())
                .orElseThrow()
                .state();
    }

    @Test
    void deletes_an_ecg_that_is_done_with_after_its_time_and_nothing_else() {
        ledger.delivered(claimedToDeliver("Observation/old"));
        ledger.refused(claimed("Observation/refused"), "TOO_SHORT", "");
        ledger.dead(claimedToDeliver("Observation/dead"), "TARGET_REJECTED", "");
        ledger.delivered(claimedToDeliver("Observation/amended"));
        ledger.delivered(claimedToDeliver("Observation/waiting-again"));
        ledger.discover(SOURCE, "Observation/waiting", "1", Priority.BACKFILL);
        ledger.discover(SOURCE, "Observation/waiting-again", "2", Priority.BACKFILL);
        clock.move(Duration.ofDays(30));
        ledger.delivered(claimedToDeliver("Observation/new"));
        ledger.discover(SOURCE, "Observation/amended", "2", Priority.ROUTINE);
        Instant limit = clock.instant().minus(Duration.ofDays(29));

        assertThat(ledger.purge(limit)).isEqualTo(2);

        assertThat(ledger.find(SOURCE, "Observation/old", "1")).isEmpty();
        assertThat(ledger.find(SOURCE, "Observation/refused", "1")).isEmpty();
        for (String stays : List.of("dead", "amended", "waiting", "waiting-again", "new")) {
            assertThat(ledger.find(SOURCE, "Observation/" + stays, "1"))
                    .as(stays)
                    .isPresent();
        }
        assertThat(ledger.purge(limit)).isZero();
        assertThat(ledger.discover(SOURCE, "Observation/old", "1", Priority.ROUTINE))
                .isTrue();
    }

    @Test
    void deletes_old_rows_in_steps_however_many_there_are() {
        for (int i = 0; i < 1500; i++) {
            ledger.discover(SOURCE, "Observation/" + i, "1", Priority.ROUTINE);
        }
        ledger.claimDiscovered(List.of(SOURCE), 1500, LEASE).forEach(claim -> ledger.ignored(claim, "NOT_AN_ECG", ""));
        clock.move(Duration.ofDays(2));
        ledger.discover(SOURCE, "Observation/new", "1", Priority.ROUTINE);

        assertThat(ledger.purge(clock.instant().minus(Duration.ofDays(1)))).isEqualTo(1500);
        assertThat(ledger.counts().discovered()).isEqualTo(1);
    }

    @Test
    void gives_each_version_of_a_resource_one_row() {
        assertThat(ledger.discover(SOURCE, "Observation/1", "1", Priority.ROUTINE))
                .isTrue();
        assertThat(ledger.discover(SOURCE, "Observation/1", "1", Priority.URGENT))
                .isFalse();
        assertThat(ledger.discover(SOURCE, "Observation/1", "2", Priority.ROUTINE))
                .isTrue();
        assertThat(ledger.discover("http://other/fhir", "Observation/1", "1", Priority.ROUTINE))
                .isTrue();
        assertThat(ledger.counts().discovered()).isEqualTo(3);
    }

    @Test
    void stores_everything_that_is_known_of_a_row() {
        Instant written = Instant.parse("2026-11-23T10:00:00.123456Z");
        ledger.discover(SOURCE, List.of(new Discovery("Observation/1", "7", written, Priority.URGENT)));
        Claim claim = ledger.claimDiscovered(List.of(SOURCE), 1, LEASE).get(0);
        clock.move(Duration.ofSeconds(1));
        ledger.interpreted(claim, REPORT);
        Claim delivery = ledger.claimDeliverable("main", 1, LEASE).get(0);
        clock.move(Duration.ofSeconds(1));
        ledger.delivered(delivery);

        LedgerEntry entry = ledger.find(SOURCE, "Observation/1", "7").orElseThrow();
        Instant start = Instant.parse("2026-11-24T03:03:00Z");
        assertThat(entry)
                .isEqualTo(new LedgerEntry(
                        claim.entry().id(),
                        SOURCE,
                        "Observation/1",
                        "7",
                        written,
                        State.DELIVERED,
                        Optional.empty(),
                        Optional.empty(),
                        Priority.URGENT,
                        1,
                        1,
                        start.plusSeconds(1).plus(LEASE),
                        Optional.of("main"),
                        Optional.of("sha256:ab"),
                        Optional.of("report-1"),
                        start,
                        Optional.of(start.plusSeconds(1)),
                        Optional.of(start.plusSeconds(2))));
        assertThat(entry.deliveredAt()).contains(start.plusSeconds(2));
    }

    @Test
    void hands_out_a_row_once_until_its_lease_ends() {
        Claim first = claimed("Observation/1");
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 10, LEASE)).isEmpty();
        clock.move(LEASE);
        List<Claim> again = ledger.claimDiscovered(List.of(SOURCE), 10, LEASE);
        assertThat(again).hasSize(1);
        assertThat(again.get(0).entry().failures()).isEqualTo(2);
        assertThat(again.get(0).lease()).isNotEqualTo(first.lease());
    }

    @Test
    void takes_nothing_from_a_worker_whose_lease_has_passed_to_another() {
        Claim late = claimed("Observation/1");
        clock.move(LEASE);
        Claim current = ledger.claimDiscovered(List.of(SOURCE), 1, LEASE).get(0);

        assertThat(ledger.interpreted(late, REPORT)).isFalse();
        assertThat(ledger.refused(late, "NO_UNIT", "late")).isFalse();
        assertThat(ledger.dead(late, "INTERNAL_ERROR", "late")).isFalse();
        assertThat(ledger.postpone(late, "UNAVAILABLE", "late", clock.instant()))
                .isFalse();
        assertThat(ledger.release(late)).isFalse();
        assertThat(ledger.extend(late, LEASE)).isFalse();
        assertThat(ledger.outbox().report(late.entry().id())).isEmpty();

        assertThat(ledger.interpreted(current, REPORT)).isTrue();
    }

    @Test
    void keeps_a_claim_that_is_extended() {
        Claim claim = claimed("Observation/1");
        clock.move(LEASE.minusSeconds(1));
        assertThat(ledger.extend(claim, LEASE)).isTrue();
        clock.move(LEASE.minusSeconds(1));
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 1, LEASE)).isEmpty();
        assertThat(ledger.interpreted(claim, REPORT)).isTrue();
    }

    @Test
    void never_leads_out_of_delivered() {
        Claim claim = claimedToDeliver("Observation/1");
        assertThat(ledger.delivered(claim)).isTrue();

        assertThat(ledger.delivered(claim)).isFalse();
        assertThat(ledger.ignored(claim, "SUPERSEDED", "")).isFalse();
        assertThat(ledger.dead(claim, "TARGET_REJECTED", "")).isFalse();
        assertThat(ledger.failed(claim, "INTERNAL_ERROR", "", clock.instant())).isFalse();
        assertThat(ledger.replays().again(claim.entry().id())).isFalse();
        clock.move(LEASE.multipliedBy(2));
        assertThat(ledger.claimDeliverable("main", 10, LEASE)).isEmpty();
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 10, LEASE)).isEmpty();
        assertThat(stateOf(claim)).isEqualTo(State.DELIVERED);
    }

    @Test
    void delivers_nothing_that_is_not_interpreted() {
        Claim claim = claimed("Observation/1");
        assertThat(ledger.delivered(claim)).isFalse();
        assertThat(stateOf(claim)).isEqualTo(State.DISCOVERED);
    }

    @Test
    void refuses_nothing_that_is_interpreted() {
        Claim claim = claimedToDeliver("Observation/1");
        assertThat(ledger.refused(claim, "NO_UNIT", "")).isFalse();
        assertThat(stateOf(claim)).isEqualTo(State.INTERPRETED);
    }

    @Test
    void keeps_the_report_until_it_is_delivered() {
        Claim claim = claimedToDeliver("Observation/1");
        assertThat(ledger.outbox().report(claim.entry().id())).contains("{\"a\":\"µV\"}");
        ledger.delivered(claim);
        assertThat(ledger.outbox().report(claim.entry().id())).isEmpty();
    }

    @Test
    void gives_out_no_report_that_is_not_what_was_stored_and_has_it_made_again() throws SQLException {
        Claim claim = claimedToDeliver("Observation/1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update ledger_outbox set bundle = replace(bundle, 'a', 'b')");
        }
        assertThatThrownBy(() -> ledger.outbox().report(claim.entry().id()))
                .isInstanceOf(Outbox.DamagedException.class)
                .hasMessage("the report of row " + claim.entry().id() + " in the outbox is not what was written there");

        assertThat(ledger.outbox().interpretAgain(claim)).isTrue();
        assertThat(ledger.outbox().interpretAgain(claim)).isFalse();
        assertThat(stateOf(claim)).isEqualTo(State.DISCOVERED);
        Claim again = ledger.claimDiscovered(List.of(SOURCE), 1, LEASE).get(0);
        assertThat(ledger.interpreted(again, REPORT)).isTrue();
        assertThat(ledger.outbox().report(claim.entry().id())).contains(REPORT.bundle());
    }

    @Test
    void gives_out_a_report_that_an_earlier_version_stored() throws SQLException {
        Claim claim = claimedToDeliver("Observation/1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update ledger_outbox set bundle = '{\"a\":1}'");
        }
        assertThat(ledger.outbox().report(claim.entry().id())).contains("{\"a\":1}");
    }

    @Test
    void stores_a_report_of_several_megabytes() {
        String large = "{\"div\":\"" + "µ".repeat(3_000_000) + "\"}";
        ledger.interpreted(claimed("Observation/1"), new FinishedReport("sha256:ab", "report-1", "main", large));
        Claim claim = ledger.claimDeliverable("main", 1, LEASE).get(0);
        assertThat(ledger.outbox().report(claim.entry().id())).contains(large);
    }

    @Test
    void delivers_to_each_target_only_its_own() {
        ledger.interpreted(claimed("Observation/1"), REPORT);
        assertThat(ledger.claimDeliverable("other", 10, LEASE)).isEmpty();
        assertThat(ledger.claimDeliverable("main", 10, LEASE)).hasSize(1);
    }

    @Test
    void interprets_only_sources_that_the_caller_can_read() {
        ledger.discover("http://gone/fhir", "Observation/1", "1", Priority.ROUTINE);
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 10, LEASE)).isEmpty();
        assertThat(ledger.claimDiscovered(List.of(SOURCE, "http://gone/fhir"), 10, LEASE))
                .hasSize(1);
    }

    @Test
    void takes_urgent_rows_first_and_old_ones_before_new_ones() {
        ledger.discover(SOURCE, "Observation/old", "1", Priority.BACKFILL);
        clock.move(Duration.ofMillis(1));
        ledger.discover(SOURCE, "Observation/first", "1", Priority.ROUTINE);
        clock.move(Duration.ofMillis(1));
        ledger.discover(SOURCE, "Observation/second", "1", Priority.ROUTINE);
        clock.move(Duration.ofMillis(1));
        ledger.discover(SOURCE, "Observation/urgent", "1", Priority.URGENT);
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 10, LEASE))
                .extracting(claim -> claim.entry().resource())
                .containsExactly("Observation/urgent", "Observation/first", "Observation/second", "Observation/old");
    }

    @ParameterizedTest
    @EnumSource(
            value = Priority.class,
            names = {"ROUTINE", "BACKFILL"})
    void one_row_in_twenty_is_a_less_urgent_one_though_urgent_ones_never_end(Priority less) {
        for (int i = 0; i < 40; i++) {
            ledger.discover(SOURCE, "Observation/urgent-" + i, "1", Priority.URGENT);
            ledger.discover(SOURCE, "Observation/less-" + i, "1", less);
            clock.move(Duration.ofMillis(1));
        }
        for (int half = 0; half < 2; half++) {
            List<Claim> claims = Stream.generate(() -> ledger.claimDiscovered(List.of(SOURCE), 1, LEASE))
                    .limit(20)
                    .flatMap(List::stream)
                    .toList();
            assertThat(claims).extracting(claim -> claim.entry().priority()).containsOnlyOnce(less);
            claims.forEach(claim -> ledger.interpreted(claim, REPORT));
        }
        assertThat(Stream.generate(() -> ledger.claimDeliverable("main", 1, LEASE))
                        .limit(20)
                        .flatMap(List::stream)
                        .map(claim -> claim.entry().priority()))
                .containsOnlyOnce(less);
    }

    @Test
    void offers_a_postponed_row_again_when_its_time_has_come() {
        Claim claim = claimed("Observation/1");
        assertThat(ledger.postpone(
                        claim, "UNAVAILABLE", "no answer", clock.instant().plusSeconds(30)))
                .isTrue();
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 1, LEASE)).isEmpty();
        clock.move(Duration.ofSeconds(30));
        LedgerEntry again =
                ledger.claimDiscovered(List.of(SOURCE), 1, LEASE).get(0).entry();
        assertThat(again.reason()).contains("UNAVAILABLE");
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(again.failures()).isEqualTo(1);
    }

    @Test
    void counts_failures_apart_from_attempts() {
        Claim claim = claimed("Observation/1");
        ledger.failed(claim, "INTERNAL_ERROR", "IllegalStateException", clock.instant());
        LedgerEntry again =
                ledger.claimDiscovered(List.of(SOURCE), 1, LEASE).get(0).entry();
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(again.failures()).isEqualTo(2);
    }

    @Test
    void forgets_a_claim_that_is_released() {
        ledger.release(claimed("Observation/1"));
        LedgerEntry again =
                ledger.claimDiscovered(List.of(SOURCE), 1, LEASE).get(0).entry();
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.failures()).isEqualTo(1);
    }

    @Test
    void replays_a_dead_row_from_where_it_died() {
        Claim unread = claimed("Observation/1");
        ledger.dead(unread, "INTERNAL_ERROR", "");
        Claim undelivered = claimedToDeliver("Observation/2");
        ledger.dead(undelivered, "TARGET_REJECTED", "HTTP status 422");

        assertThat(ledger.replays().again(unread.entry().id())).isTrue();
        assertThat(ledger.replays().again(undelivered.entry().id())).isTrue();
        assertThat(ledger.replays().again(undelivered.entry().id())).isFalse();

        assertThat(stateOf(unread)).isEqualTo(State.DISCOVERED);
        assertThat(stateOf(undelivered)).isEqualTo(State.INTERPRETED);
        assertThat(ledger.claimDeliverable("main", 1, LEASE)).hasSize(1);
    }

    @Test
    void shortens_a_detail_that_is_too_long_instead_of_losing_the_reason() {
        Claim claim = claimed("Observation/1");
        ledger.refused(claim, "BAD_DATA", "x".repeat(5000));
        LedgerEntry entry = ledger.find(SOURCE, "Observation/1", "1").orElseThrow();
        assertThat(entry.reason()).contains("BAD_DATA");
        assertThat(entry.detail().orElseThrow()).hasSize(1000).endsWith("...");
    }

    @Test
    void remembers_the_cursor_of_each_source() {
        assertThat(ledger.feeds().cursor(SOURCE)).isEmpty();
        ledger.feeds().save(SOURCE, "a");
        ledger.feeds().save("http://other/fhir", "b");
        ledger.feeds().save(SOURCE, "c");
        assertThat(ledger.feeds().cursor(SOURCE)).contains("c");
        assertThat(ledger.feeds().cursor("http://other/fhir")).contains("b");
    }

    @Test
    void remembers_the_cursor_of_each_feed_of_a_source() {
        ledger.feeds().save(SOURCE, "a");
        ledger.feeds().save(SOURCE, "sweep", "b");
        ledger.feeds().save(SOURCE, "sweep", "c");
        assertThat(ledger.feeds().cursor(SOURCE)).contains("a");
        assertThat(ledger.feeds().cursor(SOURCE, "sweep")).contains("c");
        assertThat(ledger.feeds().cursor("http://other/fhir", "sweep")).isEmpty();
    }

    private static Replay replay(Set<State> states) {
        return new Replay(
                states,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void replays_by_reason_date_resource_and_model_and_keeps_the_sum() {
        for (int i = 0; i < 4; i++) {
            ledger.discover(SOURCE, "Observation/" + i, "1", Priority.ROUTINE);
        }
        List<Claim> claims = ledger.claimDiscovered(List.of(SOURCE), 4, Duration.ofMinutes(1));
        ledger.refused(claims.get(0), "NO_MODEL", "x");
        ledger.refused(claims.get(1), "NO_PERIOD", "x");
        ledger.interpreted(claims.get(2), new FinishedReport("sha256:old", "r2", "t", "{}"));
        ledger.interpreted(claims.get(3), new FinishedReport("sha256:old", "r3", "t", "{}"));
        List<Claim> reports = ledger.claimDeliverable("t", 2, Duration.ofMinutes(1));
        ledger.delivered(reports.get(0));
        ledger.dead(reports.get(1), "TARGET_REJECTED", "x");
        Instant now = clock.instant();

        Replay refusals = new Replay(
                Set.of(State.DEAD, State.REFUSED),
                Optional.empty(),
                Optional.empty(),
                Optional.of("NO_MODEL"),
                Optional.empty(),
                Optional.of(now.minusSeconds(1)),
                Optional.of(now.plusSeconds(1)),
                false);
        assertThat(ledger.replays().selected(refusals)).isEqualTo(1);
        assertThat(ledger.counts().refused()).as("asking changes nothing").isEqualTo(2);
        assertThat(ledger.replays().again(refusals)).isEqualTo(1);
        assertThat(ledger.replays().again(refusals)).as("it is in work now").isZero();
        assertThat(ledger.find(SOURCE, claims.get(0).entry().resource(), "1")
                        .orElseThrow()
                        .state())
                .isEqualTo(State.DISCOVERED);

        Replay tooLate = new Replay(
                Set.of(State.REFUSED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(now.plusSeconds(1)),
                Optional.empty(),
                false);
        assertThat(ledger.replays().again(tooLate)).isZero();

        Replay oldModel = new Replay(
                Set.of(State.DEAD, State.DELIVERED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("sha256:o"),
                Optional.empty(),
                Optional.empty(),
                true);
        assertThat(ledger.replays().again(oldModel)).isEqualTo(2);
        assertThat(ledger.outbox().report(reports.get(1).entry().id()))
                .as("is made anew")
                .isEmpty();
        assertThat(ledger.counts().discovered()).isEqualTo(4);
        assertThat(ledger.counts().inProgress()).isEqualTo(3);
        assertThat(ledger.counts().refused()).isEqualTo(1);
        assertThat(ledger.reasons()).contains(new ReasonCount(State.REFUSED, "NO_PERIOD", 1));

        for (Claim again : ledger.claimDiscovered(List.of(SOURCE), 4, Duration.ofMinutes(1))) {
            assertThat(ledger.interpreted(again, new FinishedReport("sha256:new", "r", "t", "{}")))
                    .isTrue();
        }
    }

    @Test
    void refuses_to_replay_what_is_in_work_or_not_ours() {
        assertThatThrownBy(() -> replay(Set.of(State.IGNORED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only DEAD, REFUSED and DELIVERED rows can be replayed, was [IGNORED]");
        assertThat(ledger.replays().again(replay(Set.of(State.DEAD)))).isZero();
    }

    @Test
    void lists_rows_page_by_page() {
        for (int i = 0; i < 5; i++) {
            ledger.discover(SOURCE, "Observation/" + i, "1", Priority.ROUTINE);
        }
        LedgerFilter two = new LedgerFilter(Optional.of(State.DISCOVERED), Optional.of(SOURCE), 0, 2);
        List<LedgerEntry> first = ledger.entries(two);
        List<LedgerEntry> second = ledger.entries(two.after(first.get(1).id()));
        assertThat(first).extracting(LedgerEntry::resource).containsExactly("Observation/0", "Observation/1");
        assertThat(second).extracting(LedgerEntry::resource).containsExactly("Observation/2", "Observation/3");
        assertThat(ledger.entries(LedgerFilter.in(State.DEAD))).isEmpty();
    }

    @Test
    void tells_listeners_what_was_stored_and_nothing_else() {
        List<String> told = new ArrayList<>();
        ledger.addListener(change -> told.add(change.resource() + " " + change.state() + " " + change.reason()));
        ledger.addListener(change -> {
            throw new IllegalStateException("a listener's own fault");
        });
        Claim claim = claimed("Observation/1");
        ledger.discover(SOURCE, "Observation/1", "1", Priority.ROUTINE);
        ledger.refused(claim, "NO_UNIT", "");
        ledger.refused(claim, "NO_UNIT", "");
        assertThat(told).containsExactly("Observation/1 DISCOVERED ", "Observation/1 REFUSED NO_UNIT");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void counts_a_row_in_every_state_exactly_once(State state) {
        ledger.discover(SOURCE, "Observation/another", "1", Priority.BACKFILL);
        bring("Observation/1", state);
        LedgerCounts counts = ledger.counts();
        assertThat(counts.of(state)).isEqualTo(state == State.DISCOVERED ? 2 : 1);
        assertThat(counts.discovered()).isEqualTo(2);
    }

    @Test
    void counts_add_up_whatever_happens() {
        long seed = 20261124;
        Random random = new Random(seed);
        int discovered = 0;
        for (int step = 0; step < 300; step++) {
            if (ledger.discover(SOURCE, "Observation/" + random.nextInt(60), "1", Priority.ROUTINE)) {
                discovered++;
            }
            clock.move(Duration.ofSeconds(random.nextInt(60)));
            for (Claim claim : ledger.claimDiscovered(List.of(SOURCE), random.nextInt(3), LEASE)) {
                switch (random.nextInt(6)) {
                    case 0 -> ledger.refused(claim, "NO_UNIT", "");
                    case 1 -> ledger.ignored(claim, "STATUS", "");
                    case 2 -> ledger.dead(claim, "INTERNAL_ERROR", "");
                    case 3 -> ledger.failed(claim, "INTERNAL_ERROR", "", clock.instant());
                    default -> ledger.interpreted(claim, REPORT);
                }
            }
            for (Claim claim : ledger.claimDeliverable("main", random.nextInt(3), LEASE)) {
                switch (random.nextInt(4)) {
                    case 0 -> ledger.postpone(claim, "UNAVAILABLE", "", clock.instant());
                    case 1 -> ledger.dead(claim, "TARGET_REJECTED", "");
                    case 2 -> ledger.ignored(claim, "SUPERSEDED", "");
                    default -> ledger.delivered(claim);
                }
            }
            LedgerCounts counts = ledger.counts();
            assertThat(counts.delivered() + counts.refused() + counts.ignored() + counts.dead() + counts.inProgress())
                    .describedAs("step %d of seed %d", step, seed)
                    .isEqualTo(discovered);
        }
        assertThat(ledger.counts().delivered()).isPositive();
    }

    @Test
    void discovers_and_hands_out_each_row_exactly_once_to_eight_threads() throws Exception {
        int rows = 120;
        List<Long> interpreted = Collections.synchronizedList(new ArrayList<>());
        List<Boolean> news = Collections.synchronizedList(new ArrayList<>());
        together(8, () -> {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, rows).boxed().toList());
            Collections.shuffle(order);
            for (int i : order) {
                news.add(ledger.discover(SOURCE, "Observation/" + i, "1", Priority.ROUTINE));
                for (Claim claim : ledger.claimDiscovered(List.of(SOURCE), 2, LEASE)) {
                    if (ledger.interpreted(claim, REPORT)) {
                        interpreted.add(claim.entry().id());
                    }
                }
            }
            return null;
        });
        for (Claim claim : ledger.claimDiscovered(List.of(SOURCE), rows, LEASE)) {
            ledger.interpreted(claim, REPORT);
            interpreted.add(claim.entry().id());
        }
        assertThat(news.stream().filter(isNew -> isNew).count()).isEqualTo(rows);
        assertThat(interpreted).hasSize(rows).doesNotHaveDuplicates();

        List<Long> delivered = Collections.synchronizedList(new ArrayList<>());
        together(8, () -> {
            while (true) {
                List<Claim> claims = ledger.claimDeliverable("main", 3, LEASE);
                if (claims.isEmpty()) {
                    return null;
                }
                for (Claim claim : claims) {
                    if (ledger.delivered(claim)) {
                        delivered.add(claim.entry().id());
                    }
                }
            }
        });
        for (Claim claim : ledger.claimDeliverable("main", rows, LEASE)) { // rows that others held locked at the end
            ledger.delivered(claim);
            delivered.add(claim.entry().id());
        }
        Set<Long> all = new HashSet<>(interpreted);
        assertThat(delivered).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(ledger.counts().delivered()).isEqualTo(rows);
    }

    @Test
    void a_duty_is_one_nodes_alone() {
        Duties one = ledger.duties("one", Duration.ofMinutes(10));
        Duties other = ledger.duties("other", Duration.ofMinutes(10));

        Term term = one.take("poll", SOURCE).orElseThrow();

        assertThat(other.take("poll", SOURCE)).isEmpty();
        assertThat(one.take("poll", SOURCE)).contains(term);
        assertThat(other.take("poll", "http://elsewhere")).isPresent();
        assertThat(ledger.dutyHolders())
                .extracting(DutyHolder::subject, DutyHolder::node, DutyHolder::held)
                .containsExactlyInAnyOrder(tuple(SOURCE, "one", true), tuple("http://elsewhere", "other", true));
    }

    @Test
    void of_many_nodes_that_ask_at_once_one_gets_a_duty() throws Exception {
        List<Term> terms = Collections.synchronizedList(new ArrayList<>());
        together(8, () -> {
            Duties node = ledger.duties("node", Duration.ofMinutes(10));
            for (int i = 0; i < 20; i++) {
                node.take("poll", SOURCE + i).ifPresent(terms::add);
            }
            return null;
        });

        assertThat(terms).hasSize(20);
    }

    @Test
    void a_duty_passes_on_when_its_holder_no_longer_renews_it_and_what_that_one_writes_is_refused() {
        Duties dying = ledger.duties("dying", Duration.ofMillis(10));
        Duties other = ledger.duties("other", Duration.ofMinutes(10));
        Term first = dying.take("poll", SOURCE).orElseThrow();
        ledger.feeds().save(SOURCE, Feeds.SEARCH, "by the first", first);

        Term second = null;
        while (second == null) { // until ten milliseconds of the database's clock are over
            second = other.take("poll", SOURCE).orElse(null);
        }

        assertThat(second.number()).isEqualTo(first.number() + 1);
        assertThat(ledger.feeds().save(SOURCE, Feeds.SEARCH, "too late", first)).isFalse();
        assertThat(ledger.feeds().cursor(SOURCE)).contains("by the first");
        assertThat(ledger.feeds().save(SOURCE, Feeds.SEARCH, "by the second", second))
                .isTrue();
        assertThat(ledger.feeds().cursor(SOURCE)).contains("by the second");
        assertThat(dying.take("poll", SOURCE)).isEmpty();
    }

    @Test
    void a_duty_that_is_resigned_passes_on_at_once() {
        Duties one = ledger.duties("one", Duration.ofMinutes(10));
        Duties other = ledger.duties("other", Duration.ofMinutes(10));
        one.resign(one.take("poll", SOURCE).orElseThrow());

        assertThat(ledger.dutyHolders()).extracting(DutyHolder::held).containsExactly(false);
        assertThat(other.take("poll", SOURCE)).isPresent();
    }

    private Term duty() {
        return ledger.duties("node", Duration.ofMinutes(10))
                .take("poll", SOURCE)
                .orElseThrow();
    }

    private BackfillStep step(String cursor, int... observations) {
        List<Discovery> rows = IntStream.of(observations)
                .mapToObj(id -> new Discovery("Observation/" + id, "1", clock.instant(), Priority.BACKFILL))
                .toList();
        return new BackfillStep(rows, 3, 1, cursor, 5, 10);
    }

    @Test
    void a_step_of_a_backfill_stores_its_rows_and_its_cursor_together() {
        Term duty = duty();
        ledger.discover(SOURCE, "Observation/2", "1", Priority.ROUTINE);
        Backfill ordered = ledger.backfills().start(BackfillOrder.export("archive"));

        Backfill after = ledger.backfills()
                .step(ordered, duty, SOURCE, step("line 3", 1, 2, 3))
                .orElseThrow();

        assertThat(after.cursor()).isEqualTo("line 3");
        assertThat(after.counts()).isEqualTo(new Backfill.Counts(3, 2, 3, 1));
        assertThat(after.fraction()).contains(0.5);
        assertThat(ledger.backfills().next("archive")).contains(after);
        assertThat(ledger.counts().discovered()).isEqualTo(3);
        assertThat(ledger.waiting(SOURCE, Priority.BACKFILL, 10)).isEqualTo(2);
        assertThat(ledger.waiting(SOURCE, Priority.BACKFILL, 1)).isEqualTo(1);
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 1, LEASE)
                        .get(0)
                        .entry()
                        .resource())
                .as("live recordings go first")
                .isEqualTo("Observation/2");
    }

    @Test
    void a_step_is_refused_whole_when_somebody_has_changed_the_backfill_or_taken_the_duty() {
        Term duty = duty();
        Backfills backfills = ledger.backfills();
        Backfill ordered = backfills.start(BackfillOrder.export("archive"));
        Backfill paused = backfills.start(BackfillOrder.export("other"));
        assertThat(backfills.pause(paused.id())).isTrue();

        assertThat(backfills.step(paused, duty, SOURCE, step("a", 1))).isEmpty();
        assertThat(backfills.end(paused, duty, Optional.empty(), Optional.empty()))
                .isFalse();
        assertThat(backfills.step(ordered, new Term("poll", SOURCE, "another", 1), SOURCE, step("a", 1)))
                .isEmpty();

        assertThat(ledger.counts().discovered()).isZero();
        assertThat(backfills.find(paused.id()).orElseThrow().cursor()).isEmpty();
    }

    @Test
    void a_backfill_waits_goes_on_fails_and_is_cancelled_by_order() {
        Term duty = duty();
        Backfills backfills = ledger.backfills();
        Instant from = Instant.parse("2020-01-01T00:00:00Z");
        Backfill search = backfills.start(
                BackfillOrder.search("archive", from, from.plusSeconds(60)).at(7));
        Backfill second = backfills.start(BackfillOrder.export("archive"));
        assertThat(backfills.next("archive")).contains(search);
        assertThat(search.order().rate()).isEqualTo(7);
        assertThat(backfills.find(search.id())).contains(search);
        assertThat(backfills.next("elsewhere")).isEmpty();

        assertThat(backfills.pause(search.id())).isTrue();
        assertThat(backfills.pause(search.id())).as("paused already").isFalse();
        assertThat(backfills.next("archive")).contains(second);
        assertThat(backfills.resume(search.id())).isTrue();

        Backfill running = backfills.next("archive").orElseThrow();
        assertThat(backfills
                        .waits(running, "SOURCE_UNAVAILABLE", "no answer")
                        .orElseThrow()
                        .reason())
                .contains("SOURCE_UNAVAILABLE");
        running = backfills.next("archive").orElseThrow();
        assertThat(backfills.end(running, duty, Optional.of("EXPORT_REJECTED"), Optional.of("x".repeat(2000))))
                .isTrue();
        assertThat(backfills.find(search.id()).orElseThrow().state()).isEqualTo(Backfill.State.FAILED);
        assertThat(backfills.resume(search.id())).isTrue();
        assertThat(backfills.find(search.id()).orElseThrow().finishedAt()).isEmpty();

        second = backfills
                .step(second, duty, SOURCE, step("job at the server", 1))
                .orElseThrow();
        assertThat(backfills.cancel(second.id())).isTrue();
        assertThat(backfills.resume(second.id())).isFalse();
        assertThat(backfills.cancelled("archive")).extracting(Backfill::cursor).containsExactly("job at the server");
        backfills.tidied(second);
        assertThat(backfills.cancelled("archive")).isEmpty();
        assertThat(backfills.all()).extracting(Backfill::id).containsExactly(second.id(), search.id());
    }

    @Test
    void a_poll_and_a_backfill_that_find_the_same_at_once_store_it_once() throws Exception {
        Term duty = duty();
        AtomicReference<Backfill> job =
                new AtomicReference<>(ledger.backfills().start(BackfillOrder.export("archive")));
        AtomicInteger turn = new AtomicInteger();
        together(2, () -> {
            boolean backfill = turn.getAndIncrement() == 0;
            for (int i = 0; i < 50; i++) {
                if (backfill) {
                    job.set(ledger.backfills()
                            .step(job.get(), duty, SOURCE, step("at " + i, 2 * i, 2 * i + 1))
                            .orElseThrow());
                } else {
                    ledger.discover(SOURCE, "Observation/" + 2 * i, "1", Priority.ROUTINE);
                    ledger.discover(SOURCE, "Observation/" + (2 * i + 1), "1", Priority.ROUTINE);
                }
            }
            return null;
        });

        assertThat(ledger.counts().discovered()).isEqualTo(100);
        assertThat(job.get().counts().found()).isEqualTo(100);
    }

    @Test
    void an_offered_row_is_taken_once_and_by_nobody_who_asks_the_ledger() {
        Publications publications = ledger.publications();
        ledger.discover(SOURCE, "Observation/1", "1", Priority.ROUTINE);
        Publication offer =
                publications.offer(SOURCE, Priority.ROUTINE, 10, LEASE).get(0);

        assertThat(publications.offer(SOURCE, Priority.ROUTINE, 10, LEASE)).isEmpty();
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 10, LEASE)).isEmpty();
        assertThat(publications.take(offer.entry().id(), SOURCE, "Observation/2", "1", offer.ticket(), LEASE))
                .as("a message of another ledger's row of this number")
                .isEmpty();
        Claim claim = taken(publications, offer).orElseThrow();
        assertThat(claim.entry().attempts()).isEqualTo(1);
        assertThat(ledger.interpreted(claim, REPORT)).isTrue();
        assertThat(taken(publications, offer)).as("the same message again").isEmpty();
    }

    @Test
    void the_same_message_again_takes_a_row_from_a_dead_worker_and_another_message_does_not() {
        Publications publications = ledger.publications();
        ledger.discover(SOURCE, "Observation/1", "1", Priority.ROUTINE);
        Publication first =
                publications.offer(SOURCE, Priority.ROUTINE, 10, LEASE).get(0);
        clock.move(LEASE); // the message seems to be lost
        Publication second =
                publications.offer(SOURCE, Priority.ROUTINE, 10, LEASE).get(0);

        Claim ofTheDead = taken(publications, first).orElseThrow(); // it comes after all
        assertThat(taken(publications, second)).isEmpty();
        Claim next = taken(publications, first).orElseThrow();
        assertThat(next.entry().failures()).isEqualTo(2);
        assertThat(ledger.interpreted(ofTheDead, REPORT)).isFalse();
        assertThat(ledger.interpreted(next, REPORT)).isTrue();
    }

    @Test
    void an_offer_that_did_not_arrive_waits_again_and_one_that_was_taken_does_not() {
        Publications publications = ledger.publications();
        for (String id : List.of("1", "2", "3")) {
            ledger.discover(SOURCE, "Observation/" + id, "1", Priority.BACKFILL);
        }
        List<Publication> offers = publications.offer(SOURCE, Priority.BACKFILL, 3, LEASE);
        Claim working = taken(publications, offers.get(0)).orElseThrow();

        publications.takeBack(offers.get(0));
        publications.takeBack(offers.get(1));
        assertThat(publications.offer(SOURCE, Priority.BACKFILL, 3, LEASE))
                .extracting(offer -> offer.entry().id())
                .containsExactly(offers.get(1).entry().id());
        assertThat(publications.takeBackAll(SOURCE)).isEqualTo(2);
        assertThat(publications.takeBackAll("http://elsewhere")).isZero();
        assertThat(publications.offer(SOURCE, Priority.BACKFILL, 3, LEASE)).hasSize(2);
        assertThat(ledger.interpreted(working, REPORT)).isTrue();
    }

    @Test
    void a_row_that_waits_after_a_failure_is_not_taken_by_its_old_message() {
        Publications publications = ledger.publications();
        ledger.discover(SOURCE, "Observation/1", "1", Priority.ROUTINE);
        Publication offer =
                publications.offer(SOURCE, Priority.ROUTINE, 10, LEASE).get(0);
        ledger.failed(
                taken(publications, offer).orElseThrow(),
                "INTERNAL_ERROR",
                "",
                clock.instant().plus(LEASE));

        assertThat(taken(publications, offer)).isEmpty();
        assertThat(publications.takeBackAll(SOURCE)).isZero();
        clock.move(LEASE);
        assertThat(publications.offer(SOURCE, Priority.ROUTINE, 10, LEASE)).hasSize(1);
    }

    @Test
    void what_belongs_together_is_offered_with_the_same_number() {
        Instant when = clock.instant();
        ledger.discover(
                SOURCE,
                List.of(
                        new Discovery("Observation/1", "1", when, Priority.ROUTINE, 65535),
                        new Discovery("Observation/2", "1", when, Priority.ROUTINE, 7),
                        new Discovery("Observation/3", "1", when, Priority.ROUTINE)));

        assertThat(ledger.publications().offer(SOURCE, Priority.ROUTINE, 3, LEASE))
                .extracting(Publication::spread)
                .contains(65535, 7);
    }

    private static Optional<Claim> taken(Publications publications, Publication offer) {
        LedgerEntry entry = offer.entry();
        return publications.take(entry.id(), SOURCE, entry.resource(), entry.version(), offer.ticket(), LEASE);
    }

    static void together(int threads, Callable<?> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void bring(String resource, State state) {
        switch (state) {
            case DISCOVERED -> ledger.discover(SOURCE, resource, "1", Priority.ROUTINE);
            case INTERPRETED -> ledger.interpreted(claimed(resource), REPORT);
            case DELIVERED -> ledger.delivered(claimedToDeliver(resource));
            case REFUSED -> ledger.refused(claimed(resource), "NO_UNIT", "");
            case IGNORED -> ledger.ignored(claimed(resource), "STATUS", "");
            case DEAD -> ledger.dead(claimedToDeliver(resource), "TARGET_REJECTED", "");
        }
    }
}
