package dev.ecgfhir.pipeline;

import dev.ecgfhir.inference.signal.LeadNoise;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.Gate.GatedLead;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Flags of noise in one lead, measured over stretches of ten seconds. */
final class NoiseFlags {
    private NoiseFlags() {}

    /**
     * Adds the flags of a lead: {@code CODE:LEAD}, and in a recording of several windows where it is.
     *
     * @param lead gaps filled
     * @param flags added to
     */
    static void add(GatedLead lead, List<String> flags) {
        double[] millivolts = lead.millivolts();
        int samples = (int) (Preprocessing.WINDOW_SECONDS * lead.hertz());
        Map<Noise, List<Double>> starts = new EnumMap<>(Noise.class);
        int windows = Math.max(1, millivolts.length / samples);
        for (int w = 0; w < windows; w++) {
            int from = w * samples;
            LeadNoise noise =
                    LeadNoise.measure(millivolts, from, Math.min(millivolts.length, from + samples), lead.hertz());
            for (Noise kind : Noise.values()) {
                if (kind.isIn(noise)) {
                    starts.computeIfAbsent(kind, none -> new ArrayList<>()).add(w * Preprocessing.WINDOW_SECONDS);
                }
            }
        }
        starts.forEach(
                (kind, where) -> flags.add(Stretches.flag(kind.name(), lead.name(), windows == 1 ? List.of() : where)));
    }

    /** The kinds; their names are codes of flags. */
    private enum Noise {
        BASELINE_WANDER,
        MAINS_NOISE,
        MUSCLE_NOISE,
        SIGNAL_JUMP;

        boolean isIn(LeadNoise noise) {
            return switch (this) {
                case BASELINE_WANDER -> noise.wanderMillivolts() >= GateLimits.WANDER_MILLIVOLTS;
                case MAINS_NOISE -> noise.mainsMillivolts() >= GateLimits.MAINS_MILLIVOLTS;
                case MUSCLE_NOISE -> noise.muscleMillivolts() >= GateLimits.MUSCLE_MILLIVOLTS;
                case SIGNAL_JUMP -> noise.stepShare() >= GateLimits.STEP_SHARE;
            };
        }
    }
}
