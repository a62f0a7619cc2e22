package dev.ecgfhir.fhir.recording;

import java.util.Optional;

/**
 * What one code or one text says of a lead.
 *
 * @param name the lead's name; two statements agree if their names are equal
 * @param lead the standard lead, empty for others such as V7 or X
 * @param inverted true for -aVR, whose samples are those of aVR with the sign changed
 */
record LeadStatement(String name, Optional<Lead> lead, boolean inverted) {
    private static final LeadStatement MINUS_AVR = new LeadStatement("-aVR", Optional.of(Lead.AVR), true);

    /** Returns the statement for a name in our own spelling: one of the twelve, {@code -aVR}, or any other lead's name. */
    static LeadStatement of(String name) {
        if (name.equals(MINUS_AVR.name)) {
            return MINUS_AVR;
        }
        for (Lead lead : Lead.twelve()) {
            if (lead.display().equals(name)) {
                return new LeadStatement(name, Optional.of(lead), false);
            }
        }
        return new LeadStatement(name, Optional.empty(), false);
    }
}
