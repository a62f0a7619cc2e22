package dev.ecgfhir.fhir.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/**
 * Completes eight leads to twelve: III, aVR, aVL and aVF follow from I and II.
 *
 * <p>III = II - I, aVR = -(I + II) / 2, aVL = I - II / 2, aVF = II - I / 2: Einthoven's law and Goldberger's definition of the augmented
 * leads. It is done only where I, II and V1 to V6 are all there (otherwise nothing is gained), only for those that lack, and only if I
 * and II have the same sampling frequency and length.
 *
 * <h2>References</h2>
 *
 * Kligfield P et al. Recommendations for the standardization and interpretation of the electrocardiogram, part I. Circulation
 * 2007;115:1306, "Leads".
 */
final class LimbLeads {
    private static final List<Lead> NEEDED =
            List.of(Lead.I, Lead.II, Lead.V1, Lead.V2, Lead.V3, Lead.V4, Lead.V5, Lead.V6);
    private static final List<Lead> FOLLOWING = List.of(Lead.III, Lead.AVR, Lead.AVL, Lead.AVF);

    private LimbLeads() {}

    /**
     * Adds what follows.
     *
     * @param leads as received; added to
     * @param flags added to
     */
    static void complete(Map<Lead, RecordedLead> leads, List<String> flags) {
        List<String> derived = new ArrayList<>();
        if (!leads.keySet().containsAll(NEEDED) || leads.keySet().containsAll(FOLLOWING)) {
            return;
        }
        Waveform one = Objects.requireNonNull(leads.get(Lead.I)).waveform();
        Waveform two = Objects.requireNonNull(leads.get(Lead.II)).waveform();
        if (!one.frequency().equals(two.frequency()) || one.samples() != two.samples()) {
            flags.add("LEADS_NOT_DERIVED");
            return;
        }
        for (Lead lead : FOLLOWING) {
            if (!leads.containsKey(lead)) {
                leads.put(lead, new RecordedLead(lead, combine(one, two, rule(lead)), "derived from I and II", true));
                derived.add(lead.display());
            }
        }
        flags.add("DERIVED_LEADS:" + String.join(",", derived));
    }

    private static DoubleBinaryOperator rule(Lead lead) {
        return switch (lead) {
            case III -> (one, two) -> two - one;
            case AVR -> (one, two) -> -(one + two) / 2;
            case AVL -> (one, two) -> one - two / 2;
            case AVF -> (one, two) -> two - one / 2;
            case I, II, V1, V2, V3, V4, V5, V6 ->
                throw new IllegalArgumentException("lead " + lead + " follows from no other");
        };
    }

    private static Waveform combine(Waveform one, Waveform two, DoubleBinaryOperator rule) {
        double[] millivolts = new double[one.samples()];
        for (int i = 0; i < millivolts.length; i++) {
            millivolts[i] = rule.applyAsDouble(one.millivolts(i), two.millivolts(i));
        }
        return Waveform.adopt(one.frequency(), millivolts);
    }
}
