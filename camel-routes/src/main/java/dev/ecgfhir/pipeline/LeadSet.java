package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Lead;
import java.util.List;
import java.util.Set;

/** The sets of leads for which there are networks. */
public enum LeadSet {
    /** All twelve standard leads. */
    TWELVE_LEAD("12-lead"),
    /** Lead I alone. */
    SINGLE_LEAD("1-lead");

    private final String display;

    LeadSet(String display) {
        this.display = display;
    }

    /** Returns {@code 12-lead} or {@code 1-lead}. */
    public String display() {
        return display;
    }

    /** Returns the leads in the order in which the network takes them. */
    public List<Lead> leads() {
        return switch (this) {
            case TWELVE_LEAD -> Lead.twelve();
            case SINGLE_LEAD -> List.of(Lead.I);
        };
    }

    /**
     * Tells whether a recording has what this set needs.
     *
     * @param present the recording's leads
     * @return true if every lead of this set is there
     */
    public boolean isIn(Set<Lead> present) {
        return present.containsAll(leads());
    }
}
