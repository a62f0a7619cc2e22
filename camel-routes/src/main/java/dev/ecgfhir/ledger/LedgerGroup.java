package dev.ecgfhir.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An ECG whose leads are one Observation each, as its rows stand.
 *
 * @param id the group
 * @param source the source's base address
 * @param due when it is to be interpreted with what is there
 * @param members the newest version of each Observation, in the order in which they were discovered
 * @param inDelivery row of the group whose report, or whose withdrawal, waits for its delivery
 */
public record LedgerGroup(long id, String source, Instant due, List<GroupMember> members, Optional<Long> inDelivery) {
    /** Copies the list. */
    public LedgerGroup {
        members = List.copyOf(members);
    }

    /** Returns the row that stands for the ECG: of those that wait the one that was discovered first; empty if none waits. */
    public Optional<GroupMember> leader() {
        return members.stream()
                .filter(member -> member.state() == State.DISCOVERED)
                .findFirst();
    }

    /** Returns how many different leads are there. */
    public int leads() {
        return (int) members.stream().map(GroupMember::lead).distinct().count();
    }
}
