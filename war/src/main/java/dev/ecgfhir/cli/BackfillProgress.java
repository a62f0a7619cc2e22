package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The progress bar of a backfill, with its rate since the command began and the time that is left at that rate; on something other than a
 * terminal a line for each tenth. Not safe for concurrent use.
 */
final class BackfillProgress {
    private static final int WIDTH = 30;
    private static final double MINUTE = 60e9;

    private final Console console;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long begun;
    private final long foundBefore;
    private final double fractionBefore;
    private String shown = "";

    /**
     * Begins.
     *
     * @param job as it stands
     * @param nanos counts nanoseconds
     */
    BackfillProgress(Console console, boolean terminal, JsonNode job, LongSupplier nanos) {
        this.console = console;
        this.terminal = terminal;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.foundBefore = job.get("found").asLong();
        this.fractionBefore = fraction(job);
    }

    void show(JsonNode job) {
        String waits = job.get("reason").isNull() ? "" : ", " + BackfillText.reason(job);
        if (terminal) {
            console.progress(bar(job) + waits);
            return;
        }
        String step = (int) (10 * fraction(job)) + waits;
        if (!step.equals(shown)) {
            shown = step;
            console.message(percent(job) + BackfillText.counts(job) + waits);
        }
    }

    void end() {
        if (terminal) {
            console.message("");
        }
    }

    private String bar(JsonNode job) {
        int full = (int) (WIDTH * fraction(job));
        double passed = Math.max(1, nanos.getAsLong() - begun);
        double rate = (job.get("found").asLong() - foundBefore) * MINUTE / passed;
        double done = fraction(job) - fractionBefore;
        String left =
                done <= 0 ? "" : ", " + text(Duration.ofNanos((long) (passed * (1 - fraction(job)) / done))) + " left";
        return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + percent(job) + BackfillText.counts(job)
                + String.format(Locale.ROOT, ", %,.0f a minute", rate) + left;
    }

    private static String percent(JsonNode job) {
        return job.get("fraction").isNull()
                ? ""
                : String.format(Locale.ROOT, "%3.0f %%  ", Math.floor(100 * fraction(job)));
    }

    private static double fraction(JsonNode job) {
        return job.get("fraction").isNull() ? 0 : job.get("fraction").asDouble();
    }

    private static String text(Duration left) {
        if (left.toHours() > 0) {
            return left.toHours() + " h " + left.toMinutesPart() + " min";
        }
        return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
    }
}
