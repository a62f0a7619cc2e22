package dev.ecgfhir.inference.signal;

/** Compares arrays. */
final class Differences {
    private Differences() {}

    static double largest(double[][] actual, double[][] expected) {
        if (actual.length != expected.length) {
            throw new AssertionError("expected " + expected.length + " leads, found " + actual.length);
        }
        double largest = 0;
        for (int lead = 0; lead < actual.length; lead++) {
            largest = Math.max(largest, largest(actual[lead], expected[lead]));
        }
        return largest;
    }

    static double largest(double[] actual, double[] expected) {
        if (actual.length != expected.length) {
            throw new AssertionError("expected " + expected.length + " samples, found " + actual.length);
        }
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            if (Double.isNaN(difference)) {
                throw new AssertionError("not a number at " + i);
            }
            largest = Math.max(largest, difference);
        }
        return largest;
    }
}
