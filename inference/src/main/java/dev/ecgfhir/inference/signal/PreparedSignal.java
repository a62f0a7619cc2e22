package dev.ecgfhir.inference.signal;

import dev.ecgfhir.inference.ModelInput;
import java.util.List;

/** The windows of one recording, ready for the network. Immutable and safe to share between threads. */
public final class PreparedSignal {
    private final List<ModelInput> windows;
    private final double[] startSeconds;
    private final boolean padded;

    PreparedSignal(List<ModelInput> windows, double[] startSeconds, boolean padded) {
        this.windows = List.copyOf(windows);
        this.startSeconds = startSeconds.clone();
        this.padded = padded;
    }

    /** Returns the windows in order of time; at least one. */
    public List<ModelInput> windows() {
        return windows;
    }

    /** Returns a copy of the windows' starts, [windows], seconds from the recording's start. */
    public double[] startSeconds() {
        return startSeconds.clone();
    }

    /** Returns whether the recording was shorter than a window and filled with zeros. */
    public boolean padded() {
        return padded;
    }
}
