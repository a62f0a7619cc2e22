package dev.ecgfhir.inference.signal;

import dev.ecgfhir.inference.ModelInput;

/**
 * How the leads of a 12-lead recording go together: what tells that electrodes were exchanged.
 *
 * <p>Worked out from the correlations of I, II and V1 to V6, over one window or several. Electrode exchanges of the limbs keep Einthoven's
 * law ({@link EinthovenResiduals}), but turn leads against the chest leads, which they do not touch: with right and left arm exchanged
 * lead I is upside down while V5 and V6, which look from the same side, are not; an exchange with the right leg leaves one limb lead
 * almost without signal.
 *
 * <p>Not thread-safe; one instance for each recording.
 *
 * <p>References: V. N. Batchvarov, M. Malik, A. J. Camm, Incorrect electrode cable connection during electrocardiographic recording,
 * Europace 9(11):1081-1090, 2007; J. A. Kors, G. van Herpen, Accurate automatic detection of electrode interchange in the
 * electrocardiogram, Am J Cardiol 88(4):396-399, 2001 (limb leads judged by the chest leads).
 */
public final class LeadAgreement {
    private static final int[] LEADS = {0, 1, 6, 7, 8, 9, 10, 11};
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int V1 = 2;
    private static final int V5 = 6;
    private static final int V6 = 7;

    /** Sums of products, [8][8], in the order of {@link #LEADS}. */
    private final double[][] covariance = new double[LEADS.length][LEADS.length];

    /**
     * Adds a window.
     *
     * @param window twelve leads, filtered
     */
    public void add(ModelInput window) {
        if (window.leads() != 12) {
            throw new IllegalArgumentException("expected 12 leads, found " + window.leads());
        }
        int samples = window.samples();
        float[] all = new float[12 * samples];
        window.copyTo(all, 0);
        double[] means = new double[LEADS.length];
        for (int a = 0; a < LEADS.length; a++) {
            for (int i = 0; i < samples; i++) {
                means[a] += all[LEADS[a] * samples + i];
            }
            means[a] /= samples;
        }
        for (int a = 0; a < LEADS.length; a++) {
            for (int b = 0; b <= a; b++) {
                double product =
                        product(all, LEADS[a] * samples, LEADS[b] * samples, samples) - means[a] * means[b] * samples;
                covariance[a][b] += product;
                covariance[b][a] = covariance[a][b];
            }
        }
    }

    private static double product(float[] all, int first, int second, int samples) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < samples; i += 2) {
            even += (double) all[first + i] * all[second + i];
            odd += (double) all[first + i + 1] * all[second + i + 1];
        }
        return i < samples ? even + odd + (double) all[first + i] * all[second + i] : even + odd;
    }

    /** Returns the lower of lead I's correlations with V5 and V6, -1..1; below 0 they show opposite sides. */
    public double leadOne() {
        return Math.min(correlation(FIRST, V5), correlation(FIRST, V6));
    }

    /** Returns the higher of lead II's correlations with V5 and V6, -1..1. */
    public double leadTwo() {
        return Math.max(correlation(SECOND, V5), correlation(SECOND, V6));
    }

    /** Returns [3]: the strength (standard deviation) of I, II and III, as parts of the strongest of them, 0..1. */
    public double[] limbStrengths() {
        double one = covariance[FIRST][FIRST];
        double two = covariance[SECOND][SECOND];
        double three = Math.max(0, one + two - 2 * covariance[FIRST][SECOND]);
        double largest = Math.max(one, Math.max(two, three));
        return largest == 0
                ? new double[3]
                : new double[] {Math.sqrt(one / largest), Math.sqrt(two / largest), Math.sqrt(three / largest)};
    }

    /**
     * Returns how much smoother the chest leads would follow each other if two of them changed places: the length of the way from V1 to
     * V6 in the best such order, as part of that in the order as it is, 0..1; 1 where no exchange helps. The way's steps are the angles
     * between neighbours (arc cosines of their correlations): each electrode lies between its neighbours, and sees something between what
     * they see.
     */
    public double chestOrder() {
        int[] order = {0, 1, 2, 3, 4, 5};
        double asItIs = way(order);
        double best = asItIs;
        for (int a = 0; a < order.length; a++) {
            for (int b = a + 1; b < order.length; b++) {
                exchange(order, a, b);
                best = Math.min(best, way(order));
                exchange(order, a, b);
            }
        }
        return asItIs > 0 ? best / asItIs : 1;
    }

    private double way(int[] order) {
        double length = 0;
        for (int i = 0; i + 1 < order.length; i++) {
            length += Math.acos(correlation(V1 + order[i], V1 + order[i + 1]));
        }
        return length;
    }

    private static void exchange(int[] order, int a, int b) {
        int held = order[a];
        order[a] = order[b];
        order[b] = held;
    }

    /** Returns the correlation of two leads, 0 where one carries no signal. */
    private double correlation(int a, int b) {
        double scale = Math.sqrt(covariance[a][a] * covariance[b][b]);
        return scale > 0 ? Math.max(-1, Math.min(1, covariance[a][b] / scale)) : 0;
    }
}
