package dev.ecgfhir.pipeline;

import java.util.List;

/** Which electrodes are exchanged when a limb lead lies between the legs, where there is next to no signal. */
final class LegLeads {
    private static final List<String> FLAGS = List.of(
            "LEAD_REVERSAL:lead I is nearly flat, as with both arms and both legs exchanged",
            "LEAD_REVERSAL:lead II is nearly flat, as with right arm and right leg exchanged",
            "LEAD_REVERSAL:lead III is nearly flat, as with left arm and right leg exchanged");

    private LegLeads() {}

    /**
     * Returns the flag.
     *
     * @param lead 0 for I, 1 for II, 2 for III
     */
    static String flag(int lead) {
        return FLAGS.get(lead);
    }
}
