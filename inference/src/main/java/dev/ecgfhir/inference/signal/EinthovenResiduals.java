package dev.ecgfhir.inference.signal;

/**
 * How far the six limb leads are from the laws that bind them, whatever the heart does: III = II - I, aVR = -(I + II) / 2, aVL = I -
 * II / 2, aVF = II - I / 2.
 *
 * <p>Constant offsets between leads are taken out first. The laws break when channels are swapped, inverted or mislabelled, or were
 * not recorded together. They hold when electrodes are swapped, since then all leads change alike: agreement proves nothing.
 *
 * <p>References: W. Einthoven 1908; E. Goldberger, Am Heart J 23(4), 1942.
 *
 * @param iii root mean square of III - (II - I), mV
 * @param avr root mean square of aVR + (I + II) / 2, mV
 * @param avl root mean square of aVL - (I - II / 2), mV
 * @param avf root mean square of aVF - (II - I / 2), mV
 * @param largestLead root mean square of the strongest limb lead, mV
 */
public record EinthovenResiduals(double iii, double avr, double avl, double avf, double largestLead) {
    /**
     * Measures the residuals.
     *
     * @param limbLeads [6][samples], millivolts, in the order I, II, III, aVR, aVL, aVF; finite, of one sampling frequency and length
     * @return the residuals
     */
    public static EinthovenResiduals measure(double[][] limbLeads) {
        if (limbLeads.length != 6) {
            throw new IllegalArgumentException("expected six limb leads, found " + limbLeads.length);
        }
        for (double[] lead : limbLeads) {
            if (lead.length == 0 || lead.length != limbLeads[0].length) {
                throw new IllegalArgumentException("limb leads must have one length and at least one sample, found "
                        + limbLeads[0].length + " and " + lead.length);
            }
        }
        double largest = 0;
        for (double[] lead : limbLeads) {
            largest = Math.max(largest, residual(lead, 0, lead, 0, lead));
        }
        double[] one = limbLeads[0];
        double[] two = limbLeads[1];
        return new EinthovenResiduals(
                residual(limbLeads[2], 1, one, -1, two),
                residual(limbLeads[3], 0.5, one, 0.5, two),
                residual(limbLeads[4], -1, one, 0.5, two),
                residual(limbLeads[5], 0.5, one, -1, two),
                largest);
    }

    /** Returns the largest residual as a part of the strongest lead, 0 and up; 0 where all leads are constant. */
    public double largestRelative() {
        return largestLead == 0 ? 0 : Math.max(Math.max(iii, avr), Math.max(avl, avf)) / largestLead;
    }

    /** Returns the standard deviation of {@code lead + p x first + q x second}. */
    private static double residual(double[] lead, double p, double[] first, double q, double[] second) {
        double sum = 0;
        double squares = 0;
        double offset = lead[0] + p * first[0] + q * second[0];
        for (int i = 0; i < lead.length; i++) {
            double value = lead[i] + p * first[i] + q * second[i] - offset;
            sum += value;
            squares += value * value;
        }
        double mean = sum / lead.length;
        return Math.sqrt(Math.max(0, squares / lead.length - mean * mean));
    }
}
