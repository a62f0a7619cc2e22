package dev.ecgfhir.pipeline;

/** Fills gaps with straight lines; at the ends of a lead with the nearest measured sample. */
final class GapFilling {
    private GapFilling() {}

    /**
     * Replaces every sample that is not finite.
     *
     * @param millivolts [samples], at least one of them finite; modified
     */
    static void fill(double[] millivolts) {
        int i = 0;
        while (i < millivolts.length) {
            if (Double.isFinite(millivolts[i])) {
                i++;
                continue;
            }
            int end = i;
            while (end < millivolts.length && !Double.isFinite(millivolts[end])) {
                end++;
            }
            if (i == 0 && end == millivolts.length) {
                throw new IllegalArgumentException("no sample was measured");
            }
            double before = i > 0 ? millivolts[i - 1] : millivolts[end];
            double after = end < millivolts.length ? millivolts[end] : before;
            int steps = end - i + 1;
            for (int step = 1; step < steps; step++) {
                millivolts[i + step - 1] = before + (after - before) * step / steps;
            }
            i = end;
        }
    }
}
