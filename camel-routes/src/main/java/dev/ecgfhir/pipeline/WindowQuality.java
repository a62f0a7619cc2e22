package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.signal.BeatSimilarity;
import dev.ecgfhir.inference.signal.LeadAgreement;
import dev.ecgfhir.inference.signal.PreparedSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges a recording's windows after the filters: which hold an ECG, and what a reader should know of the others.
 *
 * <p>Not thread-safe; one instance for each recording.
 */
final class WindowQuality {
    private final LeadSet leads;
    private final LeadAgreement agreement = new LeadAgreement();
    private final Set<Double> lost;
    private final List<Double> gappy = new ArrayList<>();
    private final List<Double> silent = new ArrayList<>();
    private final List<Double> low = new ArrayList<>();
    private final List<Double> high = new ArrayList<>();
    private final List<Double> withoutBeats = new ArrayList<>();
    private int windows;

    WindowQuality(LeadSet leads) {
        this(leads, List.of());
    }

    /**
     * Begins.
     *
     * @param leads which they are
     * @param lost starts, seconds, of windows that do not count, because too much of them was not measured
     */
    WindowQuality(LeadSet leads, List<Double> lost) {
        this.leads = leads;
        this.lost = Set.copyOf(lost);
    }

    /**
     * Looks at more windows.
     *
     * @param prepared the next ones
     * @return [windows]: whether each is there and holds a signal; the z-score would blow up the noise of the others to the size of an ECG
     */
    boolean[] judge(PreparedSignal prepared) {
        double[] deviations = prepared.deviations();
        double[] starts = prepared.startSeconds();
        boolean[] counted = new boolean[deviations.length];
        for (int w = 0; w < counted.length; w++) {
            if (lost.contains(starts[w])) {
                gappy.add(starts[w]);
                continue;
            }
            ModelInput window = prepared.windows().get(w);
            counted[w] = deviations[w] >= GateLimits.SILENT_WINDOW_MILLIVOLTS;
            if (!counted[w]) {
                silent.add(starts[w]);
                continue;
            }
            note(low, starts[w], deviations[w] < GateLimits.LOW_WINDOW_MILLIVOLTS);
            note(high, starts[w], deviations[w] >= GateLimits.HIGH_WINDOW_MILLIVOLTS);
            note(withoutBeats, starts[w], BeatSimilarity.measure(window) < GateLimits.LEAST_BEAT_SIMILARITY);
            if (leads == LeadSet.TWELVE_LEAD) {
                agreement.add(window);
            }
        }
        windows += counted.length;
        return counted;
    }

    private static void note(List<Double> starts, double start, boolean so) {
        if (so) {
            starts.add(start);
        }
    }

    /** Returns whether no window so far holds a signal. */
    boolean isSilent() {
        return silent.size() + gappy.size() == windows;
    }

    /**
     * Returns the flags of all windows.
     *
     * @param told flags that were raised before; none of one kind comes twice
     */
    List<String> flags(List<String> told) {
        List<String> flags = new ArrayList<>();
        flag(flags, "GAPS_NOT_READ", gappy);
        flag(flags, "SILENT_WINDOW", silent);
        flag(flags, "NO_REPEATING_BEATS", withoutBeats);
        flag(flags, "LOW_AMPLITUDE", low);
        flag(flags, "IMPLAUSIBLE_AMPLITUDE", high);
        if (leads == LeadSet.TWELVE_LEAD && !isSilent()) {
            exchanges(flags, told);
        }
        return flags;
    }

    private static void flag(List<String> flags, String code, List<Double> starts) {
        if (!starts.isEmpty()) {
            flags.add(Stretches.flag(code, "", starts));
        }
    }

    /** Leads that carry no signal, or contradict Einthoven's law, say nothing of electrodes. */
    private void exchanges(List<String> flags, List<String> told) {
        boolean limbsUsable = told.stream()
                .noneMatch(flag ->
                        flag.startsWith("LEAD_REVERSAL") || isFlat(flag, "I", "II", "III", "aVR", "aVL", "aVF"));
        if (limbsUsable) {
            double[] strengths = agreement.limbStrengths();
            boolean flat = false;
            for (int lead = 0; lead < strengths.length; lead++) {
                if (strengths[lead] < GateLimits.FLAT_LIMB_STRENGTH) {
                    flags.add(LegLeads.flag(lead));
                    flat = true;
                }
            }
            if (!flat && agreement.leadOne() <= GateLimits.OPPOSED_CORRELATION) {
                flags.add("LEAD_REVERSAL:lead I opposes V5 and V6, as with right and left arm exchanged");
            }
            if (!flat && agreement.leadTwo() <= GateLimits.OPPOSED_CORRELATION) {
                flags.add("LEAD_REVERSAL:lead II opposes V5 and V6, as with right arm and left leg exchanged");
            }
        }
        boolean chestUsable = told.stream().noneMatch(flag -> isFlat(flag, "V1", "V2", "V3", "V4", "V5", "V6"));
        if (chestUsable && agreement.chestOrder() < GateLimits.CHEST_ORDER) {
            flags.add("LEAD_REVERSAL:chest leads do not follow each other as V1 to V6 do");
        }
    }

    private static boolean isFlat(String flag, String... leads) {
        for (String lead : leads) {
            if (flag.equals("FLAT_LEAD:" + lead)) {
                return true;
            }
        }
        return false;
    }
}
