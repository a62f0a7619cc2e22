package dev.ecgfhir.inference.training;

/**
 * How thresholds are derived.
 *
 * @param leastPatients fewest patients with, and without, a label from which its threshold is derived; at least 2
 * @param draws how often the bootstrap draws, at least 100
 * @param seed seed of its random numbers
 * @param calibrate true to fit a calibration too
 * @param greyZone true to call scores indeterminate that lie below the threshold and within its interval
 * @param seenInTraining true if the model saw these recordings in training; nothing derived is then called validated
 */
public record DerivationOptions(
        int leastPatients, int draws, long seed, boolean calibrate, boolean greyZone, boolean seenInTraining) {
    /** Checks the ranges. */
    public DerivationOptions {
        if (leastPatients < 2) {
            throw new IllegalArgumentException("at least 2 patients are needed, was " + leastPatients);
        }
        if (draws < 100) {
            throw new IllegalArgumentException("at least 100 draws are needed, was " + draws);
        }
    }
}
