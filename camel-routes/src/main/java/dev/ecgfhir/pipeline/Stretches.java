package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.report.Stretch;
import dev.ecgfhir.inference.signal.Preprocessing;
import java.util.ArrayList;
import java.util.List;

/** Joins windows that follow each other, and tells where they are. */
final class Stretches {
    private static final double ROUNDING = 1e-6;

    private Stretches() {}

    /**
     * Writes a flag.
     *
     * @param code its code
     * @param what what it is about, or empty
     * @param starts of the windows that it is true for; empty if for the whole recording
     * @return {@code CODE}, {@code CODE:WHAT}, {@code CODE:10-30 s} or {@code CODE:WHAT 10-30 s}
     */
    static String flag(String code, String what, List<Double> starts) {
        String where = Stretch.text(of(starts));
        String detail = what + (what.isEmpty() || where.isEmpty() ? "" : " ") + where;
        return detail.isEmpty() ? code : code + ":" + detail;
    }

    /**
     * Joins.
     *
     * @param starts of windows, seconds, ascending
     * @return what they cover, in order of time
     */
    static List<Stretch> of(List<Double> starts) {
        List<Stretch> stretches = new ArrayList<>();
        for (double start : starts) {
            double end = start + Preprocessing.WINDOW_SECONDS;
            int last = stretches.size() - 1;
            if (last >= 0 && start <= stretches.get(last).toSeconds() + ROUNDING) {
                stretches.set(last, new Stretch(stretches.get(last).fromSeconds(), end));
            } else {
                stretches.add(new Stretch(start, end));
            }
        }
        return stretches;
    }
}
