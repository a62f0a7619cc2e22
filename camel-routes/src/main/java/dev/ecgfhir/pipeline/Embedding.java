package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.Scores;
import java.util.List;

/**
 * The features of one recording: what the network makes of each window before its last layer.
 *
 * <p>Made by the same gate, preprocessing and windows as an interpretation, so the same recordings are refused. Features of
 * different checkpoints cannot be compared; {@link #model()} says which they are of. Immutable and safe to share between threads.
 */
public final class Embedding {
    private final Interpretation interpretation;

    private Embedding(Interpretation interpretation) {
        this.interpretation = interpretation;
    }

    /**
     * Takes the features out of an interpretation.
     *
     * @param interpretation what an {@link Interpreter} made of a recording
     * @return its features
     */
    public static Embedding of(Interpretation interpretation) {
        return new Embedding(interpretation);
    }

    /** Returns the features as an array of its own, [windows][features], no unit; 1024 features in the published network. */
    public float[][] features() {
        return interpretation.windows().stream().map(Scores::features).toArray(float[][]::new);
    }

    /** Returns the number of windows. */
    public int windows() {
        return interpretation.windows().size();
    }

    /** Returns a copy of the windows' starts, [windows], seconds from the recording's start. */
    public double[] windowStarts() {
        return interpretation.windowStarts();
    }

    /** Returns the recording. */
    public Recording recording() {
        return interpretation.recording();
    }

    /** Returns the model whose features these are. */
    public ModelDescription model() {
        return interpretation.model();
    }

    /** Returns what ran the model. */
    public String engine() {
        return interpretation.engine();
    }

    /** Returns one line that says what was done to the recording before the model saw it. */
    public String preprocessing() {
        return interpretation.preprocessing();
    }

    /**
     * Returns the recording's flags and those of signal quality; {@code SILENT_WINDOW} names windows whose features are those of
     * noise.
     */
    public List<String> flags() {
        return interpretation.flags();
    }
}
