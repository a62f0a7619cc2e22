package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The largest differences between the network's answers and the reference's in float64. Tolerances are those of the fixtures' README:
 * several times what float32 with another number of threads or other kernels differs by.
 */
final class Parity {
    private double logit;
    private double score;
    private double feature;

    void compare(String name, Scores found, double[] logits64, double[] features64) {
        float[] logits = found.logits();
        float[] features = found.features();
        assertThat(logits).as(name).hasSameSizeAs(logits64);
        assertThat(features).as(name).hasSameSizeAs(features64);
        for (int i = 0; i < logits64.length; i++) {
            double difference = Math.abs(logits[i] - logits64[i]);
            double score64 = 1 / (1 + Math.exp(-logits64[i]));
            assertThat(difference).as("%s, logit %d", name, i).isLessThanOrEqualTo(5e-5 + 5e-6 * Math.abs(logits64[i]));
            assertThat(Math.abs(found.score(i) - score64))
                    .as("%s, score %d", name, i)
                    .isLessThanOrEqualTo(5e-6);
            logit = Math.max(logit, difference);
            score = Math.max(score, Math.abs(found.score(i) - score64));
        }
        for (int i = 0; i < features64.length; i++) {
            double difference = Math.abs(features[i] - features64[i]);
            assertThat(difference).as("%s, feature %d", name, i).isLessThanOrEqualTo(5e-5);
            feature = Math.max(feature, difference);
        }
    }

    /** For inputs of amplitude 1000: relative to the largest value; the scores must still be numbers in 0..1. */
    void compareLoud(String name, Scores found, double[] logits64, double[] features64) {
        assertThat(relative(found.logits(), logits64)).as("%s, logits", name).isLessThanOrEqualTo(5e-6);
        assertThat(relative(found.features(), features64))
                .as("%s, features", name)
                .isLessThanOrEqualTo(5e-6);
        for (float value : found.scores()) {
            assertThat(value).as("%s, score", name).isBetween(0f, 1f);
        }
    }

    private static double relative(float[] found, double[] expected) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
        }
        return difference / largest;
    }

    @Override
    public String toString() {
        return "largest difference: logit %.1e, score %.1e, feature %.1e".formatted(logit, score, feature);
    }
}
