package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Thresholds;
import java.util.Arrays;
import java.util.List;

/**
 * What the network made of one recording.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Interpretation {
    private final Recording recording;
    private final ModelDescription model;
    private final Thresholds thresholds;
    private final String engine;
    private final String preprocessing;
    private final String rulesVersion;
    private final List<Scores> windows;
    private final double[] windowStarts;
    private final double[] scores;
    private final List<Finding> findings;
    private final List<String> flags;
    private final StepTimes times;

    /**
     * Copies everything.
     *
     * @param recording what was read
     * @param model what read it
     * @param thresholds the table that decided
     * @param engine what ran the model
     * @param preprocessing one line: filters, mains frequency, windows
     * @param rulesVersion versions of the rules by which findings give way to each other and are combined
     * @param windows scores of each window in order
     * @param windowStarts [windows], seconds from the recording's start
     * @param scores [labels], 0..1, mean over the windows
     * @param findings in the order in which a reader should see them
     * @param flags the recording's flags and those of signal quality
     * @param times how long the steps took
     */
    public Interpretation(
            Recording recording,
            ModelDescription model,
            Thresholds thresholds,
            String engine,
            String preprocessing,
            String rulesVersion,
            List<Scores> windows,
            double[] windowStarts,
            double[] scores,
            List<Finding> findings,
            List<String> flags,
            StepTimes times) {
        this.recording = recording;
        this.model = model;
        this.thresholds = thresholds;
        this.engine = engine;
        this.preprocessing = preprocessing;
        this.rulesVersion = rulesVersion;
        this.windows = List.copyOf(windows);
        this.windowStarts = windowStarts.clone();
        this.scores = scores.clone();
        this.findings = List.copyOf(findings);
        this.flags = List.copyOf(flags);
        this.times = times;
    }

    /** Returns what was read. */
    public Recording recording() {
        return recording;
    }

    /** Returns the model that read it. */
    public ModelDescription model() {
        return model;
    }

    /** Returns the table that decided. */
    public Thresholds thresholds() {
        return thresholds;
    }

    /** Returns what ran the model. */
    public String engine() {
        return engine;
    }

    /** Returns one line that says what was done to the recording before the model saw it. */
    public String preprocessing() {
        return preprocessing;
    }

    /** Returns the versions of the rules by which findings give way to each other and are combined. */
    public String rulesVersion() {
        return rulesVersion;
    }

    /** Returns a copy of the windows' starts, [windows], seconds from the recording's start. */
    public double[] windowStarts() {
        return windowStarts.clone();
    }

    /** Returns the scores of each window in order. */
    public List<Scores> windows() {
        return windows;
    }

    /** Returns a copy of the recording's scores, [labels], 0..1: the mean over the windows. */
    public double[] scores() {
        return Arrays.copyOf(scores, scores.length);
    }

    /** Returns the findings in the order in which a reader should see them. */
    public List<Finding> findings() {
        return findings;
    }

    /** Returns the recording's flags and those of signal quality, {@code CODE} or {@code CODE:detail}. */
    public List<String> flags() {
        return flags;
    }

    /** Returns how long the steps took. */
    public StepTimes times() {
        return times;
    }
}
