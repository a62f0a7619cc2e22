package dev.ecgfhir.routes;

import dev.ecgfhir.component.EcgFounderConstants;
import dev.ecgfhir.fhir.recording.JoinedLeads;
import dev.ecgfhir.fhir.recording.LeadGroup;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.RefusalReason;
import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.source.Found;
import dev.ecgfhir.inference.Urgency;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.GroupMember;
import dev.ecgfhir.ledger.GroupPart;
import dev.ecgfhir.ledger.GroupPlace;
import dev.ecgfhir.ledger.Groups;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerGroup;
import dev.ecgfhir.ledger.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.hl7.fhir.r4.model.Observation;

/**
 * Joins ECGs whose leads are one Observation each, on sources that are set so.
 *
 * <p>Whoever reads an Observation of one lead gives its row a place in the group of its ECG ({@link Groups}), where it waits. When all leads
 * are there, or the waiting time is over, one row leads: its worker reads all Observations again by version and joins them; from then on it is
 * an ECG like any other. Safe to share between threads.
 */
final class Joining {
    /** Exchange property: the group whose leads the recording was joined of; absent for other ECGs. */
    static final String GROUP = "EcgFhirGroup";

    private static final Duration BEHIND_THE_LEADER = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final Groups groups;
    private final RowFailures rows;
    private final Clock clock;
    private final Consumer<String> wake;

    /**
     * Joins.
     *
     * @param wake has what waits of a source looked at, by its base address
     */
    Joining(Ledger ledger, RetryConfig retries, Clock clock, Consumer<String> wake) {
        this.ledger = ledger;
        this.groups = ledger.groups();
        this.rows = new RowFailures(ledger, retries, clock);
        this.clock = clock;
        this.wake = wake;
    }

    /**
     * Takes a claimed row that has its place in a group one step on: the leader's body becomes the joined recording, or its row ends with
     * the ECG's refusal; every other row waits.
     *
     * @return false if the row is no lead of a group; nothing was done then
     */
    boolean lead(Exchange exchange, Claim claim, SourceLane lane) {
        Optional<LedgerGroup> known = lane.config().join().isEmpty()
                ? Optional.empty()
                : groups.of(claim.entry().id());
        if (known.isEmpty()) {
            return false;
        }
        LedgerGroup group = known.get();
        long leader = group.leader().map(GroupMember::id).orElse(0L);
        Instant now = clock.instant();
        if (leader != claim.entry().id()) {
            wait(claim, "row " + leader + " reads the ECG", now.plus(BEHIND_THE_LEADER));
        } else if (group.due().isAfter(now)) {
            wait(claim, group.leads() + " of " + Groups.LEADS + " leads are there", group.due());
        } else if (group.inDelivery().isPresent()) {
            rows.postpone(
                    claim,
                    RouteReason.OTHER_VERSION_IN_WORK,
                    "row " + group.inDelivery().get() + " of the ECG waits for its delivery");
        } else {
            return join(exchange, claim, lane, group);
        }
        return true;
    }

    /** Takes the versions of a row's Observation out of their groups: what the row holds is no lead. */
    void leave(Claim claim, SourceLane lane) {
        if (lane.config().join().isPresent()) {
            groups.leave(claim);
        }
    }

    private void wait(Claim claim, String detail, Instant next) {
        ledger.postpone(claim, Groups.WAITS, detail, next);
    }

    /** Reads and joins all leads; false if the leader's own version is gone, which is then looked at like that of any other ECG. */
    private boolean join(Exchange exchange, Claim claim, SourceLane lane, LedgerGroup group) {
        List<Recording> parts = new ArrayList<>();
        for (GroupMember member : group.members()) {
            Found found = new Found(member.resource(), member.version(), member.sourceUpdated());
            Optional<Observation> observation = lane.source().read(found);
            if (observation.isEmpty() && member.id() == claim.entry().id()) {
                return false;
            }
            if (observation.isEmpty()) {
                gone(claim, lane, group, member);
                return true;
            }
            ReadOutcome outcome = read(lane, observation.get(), found);
            if (!(outcome instanceof ReadOutcome.Read read) || !LeadGroup.isPart(read.recording())) {
                groups.refused(claim, group, reason(outcome), member.resource() + ": " + detail(outcome));
                return true;
            }
            parts.add(read.recording());
        }
        lane.pause().succeeded();
        ReadOutcome joined = JoinedLeads.join(parts, lane.config().reading().maximumPoints());
        if (joined instanceof ReadOutcome.Read read) {
            exchange.setProperty(GROUP, group);
            exchange.getMessage().setBody(read.recording());
            exchange.getMessage().setHeader(EcgFounderConstants.URGENCY, urgency(claim.entry()));
        } else {
            groups.refused(claim, group, reason(joined), detail(joined));
        }
        return true;
    }

    static Urgency urgency(LedgerEntry entry) {
        return entry.priority() == Priority.BACKFILL ? Urgency.BACKLOG : Urgency.LIVE;
    }

    /** A newer version, or the deletion, has a row of its own; it has the waiting time to come. */
    private void gone(Claim claim, SourceLane lane, LedgerGroup group, GroupMember member) {
        Instant due = clock.instant().plus(lane.config().join().orElseThrow().waiting());
        groups.drop(group, member, due);
        wait(claim, member.resource() + " is no longer there in version " + member.version(), due);
    }

    private static ReadOutcome read(SourceLane lane, Observation observation, Found found) {
        return lane.reader()
                .read(
                        observation,
                        new SourceReference(lane.source().base(), Optional.of(found.resource()), found.versionId()));
    }

    private static String reason(ReadOutcome outcome) {
        if (outcome instanceof ReadOutcome.Refused refused) {
            return refused.reason().name();
        }
        return outcome instanceof ReadOutcome.Ignored ignored
                ? ignored.reason().name()
                : RefusalReason.AMBIGUOUS_GROUP.name();
    }

    private static String detail(ReadOutcome outcome) {
        if (outcome instanceof ReadOutcome.Refused refused) {
            return refused.element() + ": " + refused.detail();
        }
        return outcome instanceof ReadOutcome.Ignored ignored ? ignored.detail() : "it is no longer read as one lead";
    }

    /**
     * Gives a row its place, if its recording is a lead to be joined.
     *
     * @return false if it is none; earlier versions of it have left their groups then
     */
    boolean place(Claim claim, SourceLane lane, Observation observation, Recording recording, Withdrawals withdrawals) {
        if (lane.config().join().isEmpty()) {
            return false;
        }
        if (!LeadGroup.isPart(recording)) {
            leave(claim, lane);
            return false;
        }
        Optional<LeadGroup> group = LeadGroup.of(observation, lane.source().base());
        if (group.isEmpty()) {
            refuse(claim, LeadGroup.refusal(observation));
            return true;
        }
        JoinConfig join = lane.config().join().get();
        String lead = recording.leads().keySet().iterator().next().display();
        boolean withdrawn = claim.entry()
                .reason()
                .filter(RouteReason.LEAD_MOVED.name()::equals)
                .isPresent();
        GroupPlace place = groups.park(
                claim,
                new GroupPart(group.get().key(), group.get().effective(), lead, join.tolerance(), join.waiting()),
                withdrawn);
        switch (place) {
            case COMPLETE -> wake.accept(lane.source().base());
            case AMBIGUOUS -> refuse(claim, ambiguous(join));
            case LEAVES_A_REPORT -> withdrawals.orderOfMoved(claim, lane);
            case WAITS, SUPERSEDED, LOST -> {}
        }
        return true;
    }

    private void refuse(Claim claim, ReadOutcome.Refused refused) {
        groups.leave(claim);
        ledger.refused(claim, refused.reason().name(), refused.element() + ": " + refused.detail());
    }

    private static ReadOutcome.Refused ambiguous(JoinConfig join) {
        return new ReadOutcome.Refused(
                RefusalReason.AMBIGUOUS_GROUP,
                "Observation.effective",
                "two ECGs of the same patient and device lie within "
                        + join.tolerance().toMillis() + " ms of this time; expected one");
    }
}
