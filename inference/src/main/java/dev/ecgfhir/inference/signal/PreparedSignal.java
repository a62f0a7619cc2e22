package dev.ecgfhir.inference.signal;

import dev.ecgfhir.inference.ModelInput;
import java.util.Arrays;
import java.util.List;

/** Windows of one recording, all of them or those of a piece, ready for the network. Immutable and safe to share between threads. */
public final class PreparedSignal {
    private final List<ModelInput> windows;
    private final double[] startSeconds;
    private final double[] deviations;
    private final boolean padded;

    PreparedSignal(List<ModelInput> windows, double[] startSeconds, double[] deviations, boolean padded) {
        this.windows = List.copyOf(windows);
        this.startSeconds = startSeconds.clone();
        this.deviations = deviations.clone();
        this.padded = padded;
    }

    /**
     * Joins pieces of one recording.
     *
     * @param pieces in order of time
     * @return all their windows
     */
    static PreparedSignal joined(List<PreparedSignal> pieces) {
        return new PreparedSignal(
                pieces.stream().flatMap(piece -> piece.windows.stream()).toList(),
                pieces.stream()
                        .flatMapToDouble(piece -> Arrays.stream(piece.startSeconds))
                        .toArray(),
                pieces.stream()
                        .flatMapToDouble(piece -> Arrays.stream(piece.deviations))
                        .toArray(),
                false);
    }

    /** Returns the windows in order of time; at least one. */
    public List<ModelInput> windows() {
        return windows;
    }

    /** Returns a copy of the windows' starts, [windows], seconds from the recording's start. */
    public double[] startSeconds() {
        return startSeconds.clone();
    }

    /**
     * Returns a copy of the windows' standard deviations after the filters and before the z-score, [windows], millivolts. The z-score
     * divides by them: where next to nothing is left of a signal, it makes a heartbeat-sized one of the rest.
     */
    public double[] deviations() {
        return deviations.clone();
    }

    /** Returns whether the recording was shorter than a window and filled with zeros. */
    public boolean padded() {
        return padded;
    }
}
