package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.signal.EinthovenResiduals;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.Gate.GatedLead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a reader should know of a recording that passed the gate, as {@code CODE} or {@code CODE:detail}. */
final class GateFlags {
    private static final int LIMB_LEADS = 6;

    /** A dropped rest below this, s, is not worth a word. */
    private static final double SMALLEST_REST_SECONDS = 1;

    private GateFlags() {}

    /**
     * Collects the flags.
     *
     * @param gated the leads, gaps filled
     * @param leads which they are
     * @param filled names of the leads whose gaps were filled in what is read
     * @param lost starts, seconds, of windows that are not read
     * @return flags of the whole recording first, then lead by lead
     */
    static List<String> of(List<GatedLead> gated, LeadSet leads, List<String> filled, List<Double> lost) {
        List<String> flags = new ArrayList<>();
        duration(gated, flags);
        for (GatedLead lead : gated) {
            if (filled.contains(lead.name())) {
                flags.add("GAPS_FILLED:" + lead.name());
            }
            if (lead.isFlat()) {
                flags.add("FLAT_LEAD:" + lead.name());
            } else if (lead.quality().saturatedShare() >= GateLimits.SATURATED_SHARE) {
                flags.add("SATURATED:" + lead.name());
            }
        }
        gated.stream().filter(lead -> !lead.isFlat()).forEach(lead -> NoiseFlags.add(lead, flags));
        if (leads == LeadSet.TWELVE_LEAD) {
            reversal(gated.subList(0, LIMB_LEADS), lost, flags);
        }
        return flags;
    }

    private static void duration(List<GatedLead> gated, List<String> flags) {
        long samples = gated.stream()
                .mapToLong(lead -> Preprocessing.modelSamples(lead.millivolts().length, lead.hertz()))
                .min()
                .orElseThrow();
        double rest = samples % Preprocessing.WINDOW_SAMPLES / Preprocessing.MODEL_HERTZ;
        if (samples < Preprocessing.WINDOW_SAMPLES) {
            flags.add("SHORT");
        } else if (rest >= SMALLEST_REST_SECONDS) {
            flags.add(String.format(Locale.ROOT, "REST_NOT_READ:%.1f s", rest));
        }
    }

    /** Returns what is left of a lead without the windows that are not read. */
    private static double[] read(GatedLead lead, List<Double> lost) {
        double[] all = lead.millivolts();
        if (lost.isEmpty()) {
            return all;
        }
        double[] read = new double[all.length];
        int count = 0;
        int from = 0;
        for (double start : lost) {
            int until = (int) Math.round(start * lead.hertz());
            System.arraycopy(all, from, read, count, until - from);
            count += until - from;
            from = Math.min(all.length, (int) Math.round((start + Preprocessing.WINDOW_SECONDS) * lead.hertz()));
        }
        System.arraycopy(all, from, read, count, all.length - from);
        return Arrays.copyOf(read, count + all.length - from);
    }

    /**
     * Einthoven's law can only be tested on leads of one sampling frequency, and where none is flat. If I, II or III alone is flat and the law
     * holds, it is no lost lead, but lies between the legs.
     */
    private static void reversal(List<GatedLead> limb, List<Double> lost, List<String> flags) {
        double[][] millivolts = new double[LIMB_LEADS][];
        List<Integer> flat = new ArrayList<>();
        for (int i = 0; i < LIMB_LEADS; i++) {
            GatedLead lead = limb.get(i);
            if (lead.isFlat()) {
                flat.add(i);
            }
            if (lead.hertz() != limb.get(0).hertz()
                    || lead.millivolts().length != limb.get(0).millivolts().length) {
                return;
            }
            millivolts[i] = read(lead, lost);
        }
        EinthovenResiduals residuals = EinthovenResiduals.measure(millivolts);
        if (!flat.isEmpty()) {
            if (flat.size() == 1 && flat.get(0) < 3 && residuals.largestRelative() < GateLimits.EINTHOVEN_RESIDUAL) {
                flags.add(LegLeads.flag(flat.get(0)));
            }
        } else if (residuals.largestRelative() >= GateLimits.EINTHOVEN_RESIDUAL) {
            flags.add(String.format(
                    Locale.ROOT,
                    "LEAD_REVERSAL:limb leads contradict Einthoven's law by %.0f %%",
                    100 * residuals.largestRelative()));
        }
    }
}
