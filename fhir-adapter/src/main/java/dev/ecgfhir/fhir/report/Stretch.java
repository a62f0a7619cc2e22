package dev.ecgfhir.fhir.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A part of a recording.
 *
 * @param fromSeconds its start, seconds from the recording's start
 * @param toSeconds its end, likewise; later than the start
 */
public record Stretch(double fromSeconds, double toSeconds) {
    /** Most stretches that are written out, so that a report of a day stays short. */
    public static final int MOST_TOLD = 6;

    private static final double CLOCK_FROM_SECONDS = 600;

    /** Checks the order. */
    public Stretch {
        if (!(fromSeconds >= 0 && toSeconds > fromSeconds)) {
            throw new IllegalArgumentException("a stretch must begin at 0 or later and end after its beginning, was "
                    + fromSeconds + ".." + toSeconds);
        }
    }

    /**
     * Writes stretches for a reader: {@code 10-30 s, 50-60 s}, or as hours, minutes and seconds where one lies beyond ten minutes. Of more
     * than {@value #MOST_TOLD} the first ones and how many more there are: {@code ... (+12)}.
     *
     * @param stretches in order of time
     * @return the text; its length is bounded
     */
    public static String text(List<Stretch> stretches) {
        boolean clock = stretches.stream().anyMatch(stretch -> stretch.toSeconds > CLOCK_FROM_SECONDS);
        String told = stretches.stream()
                .limit(MOST_TOLD)
                .map(stretch -> clock
                        ? clock(stretch.fromSeconds) + "-" + clock(stretch.toSeconds)
                        : number(stretch.fromSeconds) + "-" + number(stretch.toSeconds) + " s")
                .collect(Collectors.joining(", "));
        return stretches.size() > MOST_TOLD ? told + " ... (+" + (stretches.size() - MOST_TOLD) + ")" : told;
    }

    private static String number(double seconds) {
        return Numbers.exact(seconds).toPlainString();
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
