package dev.ecgfhir.fhir.recording;

import java.util.Arrays;
import java.util.List;

/**
 * Joins the series of one lead.
 *
 * <p>A lead that is there several times is one trace in consecutive chunks, in the order of the components (HealthKitOnFHIR writes 30 s
 * as three). FHIR has no field that says so; the series must therefore look like chunks, or the recording is refused:
 *
 * <ul>
 *   <li>all have the same sampling frequency (to 0.1 %: some senders work it out for each chunk);
 *   <li>all but the last are equally long, and the last is not longer;
 *   <li>no two next to each other are the same samples, which would be a copy (a constant signal excepted);
 *   <li>two series of which the second is under 2 s and the first at least 5 s may be rhythm data and a median beat, and are not joined.
 * </ul>
 */
final class Chunks {
    private static final double SAME_FREQUENCY = 1e-3;
    private static final double MEDIAN_BEAT_SECONDS = 2;
    private static final double RHYTHM_SECONDS = 5;

    private Chunks() {}

    /**
     * Joins.
     *
     * @param lead whose they are, for messages
     * @param chunks in the order of the components, at least one
     */
    static Waveform join(Lead lead, List<Series> chunks) throws Refusal {
        Series first = chunks.get(0);
        if (chunks.size() == 1) {
            return first.waveform();
        }
        check(lead, chunks);
        int samples = chunks.stream().mapToInt(chunk -> chunk.samples()).sum();
        double seconds = chunks.stream().mapToDouble(Series::seconds).sum();
        boolean same = chunks.stream().allMatch(chunk -> chunk.frequency().equals(first.frequency()));
        double[] joined = new double[samples];
        int at = 0;
        for (Series chunk : chunks) {
            at = chunk.waveform().copyTo(joined, at);
        }
        return Waveform.adopt(same ? first.frequency() : new SamplingFrequency(samples / seconds), joined);
    }

    private static void check(Lead lead, List<Series> chunks) throws Refusal {
        Series first = chunks.get(0);
        for (int i = 1; i < chunks.size(); i++) {
            Series chunk = chunks.get(i);
            boolean last = i == chunks.size() - 1;
            int length = chunk.samples();
            int full = first.samples();
            String both = "lead " + lead.display() + " stands here and in " + first.path();
            if (Math.abs(chunk.frequency().hertz() / first.frequency().hertz() - 1) > SAME_FREQUENCY) {
                throw new Refusal(
                        RefusalReason.UNEQUAL_LENGTHS,
                        chunk.path() + ".period",
                        both + ", at " + chunk.frequency() + " and " + first.frequency()
                                + "; expected consecutive chunks of one sampling frequency");
            }
            if (length > full || (length < full && !last)) {
                throw new Refusal(
                        RefusalReason.UNEQUAL_LENGTHS,
                        chunk.path() + ".data",
                        both + ", with " + length + " and " + full
                                + " samples; expected consecutive chunks of equal length, the last one at most shorter");
            }
            if (isCopy(chunks.get(i - 1).waveform(), chunk.waveform())) {
                throw new Refusal(
                        RefusalReason.UNSUPPORTED_FORM,
                        chunk.path() + ".data",
                        both + " with the same samples; expected consecutive chunks, not copies");
            }
        }
        Series second = chunks.get(1);
        if (chunks.size() == 2 && second.seconds() < MEDIAN_BEAT_SECONDS && first.seconds() >= RHYTHM_SECONDS) {
            throw new Refusal(
                    RefusalReason.UNSUPPORTED_FORM,
                    second.path(),
                    "lead " + lead.display() + " stands here with " + Numbers.text(second.seconds()) + " s and in "
                            + first.path() + " with "
                            + Numbers.text(first.seconds())
                            + " s: a chunk or a median beat; expected a code or text that says median, or no such short second series");
        }
    }

    private static boolean isCopy(Waveform one, Waveform other) {
        double[] samples = one.millivolts();
        return Arrays.equals(samples, other.millivolts())
                && Arrays.stream(samples).distinct().limit(2).count() > 1;
    }
}
