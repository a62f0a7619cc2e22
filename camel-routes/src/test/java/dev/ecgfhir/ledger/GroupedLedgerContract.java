package dev.ecgfhir.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the ledger promises of ECGs whose leads are one Observation each, on every database. */
abstract class GroupedLedgerContract extends LedgerContract {
    private static final List<String> LEADS =
            List.of("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");
    private static final Instant RECORDED = Instant.parse("2026-11-28T09:00:00Z");
    private static final Duration WAITING = Duration.ofMinutes(2);
    private static final FinishedReport ECG = new FinishedReport("sha256:ab", "report-1", "main", "{}");

    private static GroupPart part(String lead) {
        return part(lead, "key", RECORDED);
    }

    private static GroupPart part(String lead, String key, Instant recorded) {
        return new GroupPart(key, recorded, lead, Duration.ofSeconds(1), WAITING);
    }

    private Claim found(String resource, String version) {
        ledger.discover(SOURCE, resource, version, Priority.URGENT);
        return next();
    }

    private Claim next() {
        List<Claim> claims = ledger.claimDiscovered(List.of(SOURCE), 1, LEASE);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    private GroupPlace park(String resource, String version, GroupPart part) {
        return ledger.groups().park(found(resource, version), part, false);
    }

    /** Parks leads by their numbers; lead I is Observation/0. */
    private void park(int... leads) {
        for (int lead : leads) {
            park("Observation/" + lead, "1", part(LEADS.get(lead)));
        }
    }

    private void parkAll() {
        park(IntStream.range(0, 12).toArray());
    }

    private LedgerGroup group(Claim claim) {
        return ledger.groups().of(claim.entry().id()).orElseThrow();
    }

    private LedgerEntry row(int lead) {
        return row("Observation/" + lead, "1");
    }

    private LedgerEntry row(String resource, String version) {
        return ledger.find(SOURCE, resource, version).orElseThrow();
    }

    /** The sum always holds. */
    private void counts(long discovered, long delivered, long refused, long ignored, long inProgress) {
        LedgerCounts counts = ledger.counts();
        assertThat(List.of(
                        counts.discovered(),
                        counts.delivered(),
                        counts.refused(),
                        counts.ignored(),
                        counts.inProgress()))
                .containsExactly(discovered, delivered, refused, ignored, inProgress);
    }

    @Test
    void leads_wait_until_all_are_there_and_then_the_first_one_leads() {
        park(3, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10);
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 20, LEASE)).isEmpty();
        assertThat(row(3).reason()).contains("WAITS_FOR_LEADS");
        assertThat(row(3).detail()).contains("11 of 12 leads are there");

        assertThat(park("Observation/11", "1", part("V6"))).isEqualTo(GroupPlace.COMPLETE);

        List<Claim> claims = ledger.claimDiscovered(List.of(SOURCE), 20, LEASE);
        assertThat(claims).hasSize(1);
        assertThat(claims.get(0).entry().resource()).isEqualTo("Observation/3");
        LedgerGroup group = group(claims.get(0));
        assertThat(group.leader().orElseThrow().id())
                .isEqualTo(claims.get(0).entry().id());
        assertThat(group.members()).hasSize(12);
        assertThat(group.leads()).isEqualTo(12);
        assertThat(group.inDelivery()).isEmpty();
        assertThat(claims.get(0).entry().failures()).isEqualTo(1);
    }

    @Test
    void the_ecg_has_one_outcome_and_the_other_rows_end_with_it_in_one_step() {
        List<LedgerListener.Change> told = new CopyOnWriteArrayList<>();
        ledger.addListener(told::add);
        parkAll();
        counts(12, 0, 0, 0, 12);
        Claim leader = next();

        assertThat(ledger.groups().interpreted(leader, group(leader), ECG)).isTrue();

        counts(12, 0, 0, 11, 1);
        assertThat(row(5).state()).isEqualTo(State.IGNORED);
        assertThat(row(5).reason()).contains("JOINED");
        assertThat(row(5).detail())
                .contains("its ECG is that of row " + leader.entry().id() + ", Observation/0");
        assertThat(told).filteredOn(change -> change.reason().equals("JOINED")).hasSize(11);
        assertThat(told)
                .filteredOn(change -> change.state() == State.INTERPRETED)
                .hasSize(1);
        assertThat(group(leader).inDelivery()).contains(leader.entry().id());
        ledger.delivered(ledger.claimDeliverable("main", 1, LEASE).get(0));
        counts(12, 1, 0, 11, 0);
        assertThat(group(leader).inDelivery()).isEmpty();
    }

    @Test
    void a_worker_that_dies_with_a_group_loses_nothing_and_its_late_result_counts_for_nothing() {
        parkAll();
        Claim dead = next();
        LedgerGroup seen = group(dead);
        clock.move(LEASE);
        Claim leader = next();

        assertThat(leader.entry().id()).isEqualTo(dead.entry().id());
        assertThat(ledger.groups().interpreted(dead, seen, ECG)).isFalse();
        counts(12, 0, 0, 0, 12);
        assertThat(ledger.groups().interpreted(leader, group(leader), ECG)).isTrue();
        assertThat(ledger.groups().interpreted(leader, group(leader), ECG)).isFalse();
        counts(12, 0, 0, 11, 1);
    }

    @Test
    void a_group_that_lacks_leads_comes_when_it_is_due_and_is_refused_once() {
        park(0, 1, 2);
        clock.move(WAITING.minusSeconds(1));
        assertThat(ledger.claimDiscovered(List.of(SOURCE), 20, LEASE)).isEmpty();
        clock.move(Duration.ofSeconds(1));
        Claim leader = next();

        assertThat(group(leader).due()).isEqualTo(clock.instant());
        assertThat(ledger.groups().refused(leader, group(leader), "INCOMPLETE_GROUP", "3 of 12"))
                .isTrue();
        counts(3, 0, 1, 2, 0);
        assertThat(row(0).detail()).contains("3 of 12");
    }

    @Test
    void a_late_lead_leads_anew_with_all_that_are_there() {
        park(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        clock.move(WAITING);
        Claim first = next();
        ledger.groups().refused(first, group(first), "INCOMPLETE_GROUP", "");

        assertThat(park("Observation/11", "1", part("V6"))).isEqualTo(GroupPlace.COMPLETE);

        Claim late = next();
        assertThat(late.entry().resource()).isEqualTo("Observation/11");
        assertThat(group(late).members()).hasSize(12);
        assertThat(ledger.groups().interpreted(late, group(late), ECG)).isTrue();
        counts(12, 0, 1, 10, 1);
    }

    @Test
    void a_late_lead_that_does_not_complete_the_group_waits_for_others() {
        park(0, 1);
        clock.move(WAITING);
        Claim first = next();
        ledger.groups().refused(first, group(first), "INCOMPLETE_GROUP", "");
        park(2);

        assertThat(ledger.claimDiscovered(List.of(SOURCE), 20, LEASE)).isEmpty();
        clock.move(WAITING);
        assertThat(next().entry().resource()).isEqualTo("Observation/2");
    }

    @Test
    void times_within_the_tolerance_are_one_ecg_and_others_are_not() {
        park("Observation/0", "1", part("I"));
        park("Observation/1", "1", part("II", "key", RECORDED.plusMillis(1000)));
        park("Observation/2", "1", part("III", "key", RECORDED.minusMillis(1000)));
        park("Observation/3", "1", part("aVR", "key", RECORDED.plusMillis(2100)));
        park("Observation/4", "1", part("aVL", "other", RECORDED));

        assertThat(ledger.groups().of(row(0).id()).orElseThrow().members()).hasSize(3);
        assertThat(ledger.groups().of(row(3).id()).orElseThrow().members()).hasSize(1);
        assertThat(ledger.groups().of(row(4).id()).orElseThrow().members()).hasSize(1);
        Claim between = found("Observation/5", "1");
        assertThat(ledger.groups()
                        .park(
                                between,
                                part("aVF", "key", RECORDED.plusMillis(1000).plusMillis(100)),
                                false))
                .isEqualTo(GroupPlace.WAITS);
        Claim either = found("Observation/6", "1");
        assertThat(ledger.groups().park(either, wide("V1", RECORDED.plusMillis(1050)), false))
                .isEqualTo(GroupPlace.AMBIGUOUS);
        assertThat(ledger.groups().of(either.entry().id())).isEmpty();
    }

    private static GroupPart wide(String lead, Instant recorded) {
        return new GroupPart("key", recorded, lead, Duration.ofSeconds(2), WAITING);
    }

    @Test
    void a_newer_version_takes_the_place_of_one_that_waits() {
        park(0, 1);
        park("Observation/1", "2", part("II"));

        assertThat(row("Observation/1", "1").state()).isEqualTo(State.IGNORED);
        assertThat(row("Observation/1", "1").reason()).contains("SUPERSEDED");
        LedgerGroup group = ledger.groups().of(row(0).id()).orElseThrow();
        assertThat(group.members()).extracting(GroupMember::version).containsExactly("1", "2");
        assertThat(group.leads()).isEqualTo(2);
    }

    @Test
    void an_older_version_that_is_found_later_has_no_place() {
        park("Observation/1", "10", part("II"));

        assertThat(park("Observation/1", "9", part("II"))).isEqualTo(GroupPlace.SUPERSEDED);
        assertThat(row("Observation/1", "9").reason()).contains("SUPERSEDED");
        assertThat(ledger.groups()
                        .of(row("Observation/1", "10").id())
                        .orElseThrow()
                        .members())
                .hasSize(1);
    }

    @Test
    void a_group_that_changes_while_it_is_read_is_read_anew() {
        parkAll();
        Claim leader = next();
        LedgerGroup seen = group(leader);
        park("Observation/7", "2", part("V2"));

        assertThat(ledger.groups().interpreted(leader, seen, ECG)).isFalse();
        assertThat(row(0).state()).isEqualTo(State.DISCOVERED);
        Claim again = next();
        assertThat(again.entry().id()).isEqualTo(leader.entry().id());
        assertThat(ledger.groups().interpreted(again, group(again), ECG)).isTrue();
        counts(13, 0, 0, 12, 1);
    }

    @Test
    void a_newer_version_of_the_leader_gives_the_lead_to_the_next() {
        parkAll();
        Claim leader = next();
        LedgerGroup seen = group(leader);
        park("Observation/0", "2", part("I"));

        assertThat(ledger.groups().interpreted(leader, seen, ECG)).isFalse();
        assertThat(row("Observation/0", "1").reason()).contains("SUPERSEDED");
        Claim next = next();
        assertThat(next.entry().resource()).isEqualTo("Observation/1");
        assertThat(ledger.groups().interpreted(next, group(next), ECG)).isTrue();
        counts(13, 0, 0, 12, 1);
    }

    @Test
    void a_version_that_is_no_lead_any_more_leaves_and_stays_known_to_the_group() {
        parkAll();
        Claim leader = next();
        ledger.groups().interpreted(leader, group(leader), ECG);
        Claim withdrawn = found("Observation/4", "2");

        ledger.groups().leave(withdrawn);

        assertThat(group(leader).members()).hasSize(11);
        GroupReports reports = ledger.groups().reports(withdrawn.entry());
        assertThat(reports.resources()).containsExactly("Observation/0");
        assertThat(reports.models()).containsExactly("sha256:ab");
        assertThat(reports.inDelivery()).containsExactly(leader.entry().id());
        ledger.delivered(ledger.claimDeliverable("main", 1, LEASE).get(0));
        ledger.interpreted(withdrawn, ECG);
        assertThat(group(leader).inDelivery()).contains(withdrawn.entry().id());
    }

    @Test
    void what_was_never_of_a_group_leaves_none() {
        Claim claim = found("Observation/1", "1");
        ledger.groups().leave(claim);

        assertThat(ledger.groups().of(claim.entry().id())).isEmpty();
        assertThat(ledger.groups().reports(claim.entry()).resources()).isEmpty();
    }

    @Test
    void a_lead_that_moves_out_of_a_reported_group_says_so_first() {
        parkAll();
        Claim leader = next();
        ledger.groups().interpreted(leader, group(leader), ECG);
        ledger.delivered(ledger.claimDeliverable("main", 1, LEASE).get(0));
        Claim moved = found("Observation/4", "2");
        GroupPart other = part("aVL", "other", RECORDED);

        assertThat(ledger.groups().park(moved, other, false)).isEqualTo(GroupPlace.LEAVES_A_REPORT);
        assertThat(group(leader).members()).hasSize(12);
        assertThat(ledger.groups().park(moved, other, true)).isEqualTo(GroupPlace.WAITS);
        assertThat(group(leader).members()).hasSize(11);
    }

    @Test
    void a_refused_group_can_be_replayed() {
        park(0, 1);
        clock.move(WAITING);
        Claim first = next();
        ledger.groups().refused(first, group(first), "AMBIGUOUS_GROUP", "");
        ledger.replays()
                .again(new Replay(
                        Set.of(State.REFUSED),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("AMBIGUOUS_GROUP"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false));

        Claim again = next();
        assertThat(again.entry().id()).isEqualTo(first.entry().id());
        assertThat(group(again).members()).hasSize(2);
        counts(2, 0, 0, 1, 1);
    }

    @Test
    void a_lead_that_the_source_has_lost_is_dropped() {
        park(0, 1);
        LedgerGroup group = ledger.groups().of(row(0).id()).orElseThrow();
        ledger.groups().drop(group, group.members().get(0), group.due());

        assertThat(row(0).reason()).contains("SUPERSEDED");
        clock.move(WAITING);
        assertThat(next().entry().resource()).isEqualTo("Observation/1");
    }

    @Test
    void nodes_that_place_leads_at_the_same_time_make_one_group_of_each_ecg() throws Exception {
        int ecgs = 4;
        ConcurrentLinkedQueue<Claim> claims = new ConcurrentLinkedQueue<>();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, ecgs * 12).boxed().toList());
        Collections.shuffle(order, new Random(28));
        order.forEach(i -> ledger.discover(SOURCE, "Observation/" + i, "1", Priority.ROUTINE));
        claims.addAll(ledger.claimDiscovered(List.of(SOURCE), ecgs * 12, LEASE));

        together(4, () -> {
            for (Claim claim = claims.poll(); claim != null; claim = claims.poll()) {
                int i = Integer.parseInt(claim.entry().resource().substring("Observation/".length()));
                ledger.groups().park(claim, part(LEADS.get(i % 12), "ecg " + i / 12, RECORDED), false);
            }
            return null;
        });

        List<Claim> leaders = ledger.claimDiscovered(List.of(SOURCE), 100, LEASE);
        assertThat(leaders).hasSize(ecgs);
        assertThat(leaders).allSatisfy(leader -> {
            assertThat(group(leader).leads()).isEqualTo(12);
            assertThat(ledger.groups().interpreted(leader, group(leader), ECG)).isTrue();
        });
        counts(48, 0, 0, 44, 4);
    }

    @Test
    void groups_go_when_their_rows_are_gone() {
        park(0, 1);
        clock.move(WAITING);
        Claim first = next();
        ledger.groups().refused(first, group(first), "INCOMPLETE_GROUP", "");
        park("Observation/9", "1", part("V4", "other", RECORDED));
        clock.move(Duration.ofDays(2));
        Instant limit = clock.instant().minus(Duration.ofDays(1));

        assertThat(ledger.groups().purge(limit)).isZero();
        assertThat(ledger.purge(limit)).isEqualTo(2);
        assertThat(ledger.groups().purge(limit)).isEqualTo(1);
        assertThat(ledger.groups().of(row(9).id())).isPresent();
    }
}
