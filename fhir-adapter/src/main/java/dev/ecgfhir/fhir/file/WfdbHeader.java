package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.RefusalReason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A WFDB header: what the record line and the signal lines say.
 *
 * <p>Comments are passed over: they may hold the patient's age and diagnoses.
 *
 * <h2>References</h2>
 *
 * PhysioNet, WFDB Applications Guide, header(5): https://physionet.org/physiotools/wag/header-5.htm
 *
 * @param hertz sampling frequency, more than 0
 * @param samples samples of each signal, empty if the header does not say
 * @param baseDate date of the recording as FHIR date
 * @param signals in their order
 */
record WfdbHeader(double hertz, Optional<Long> samples, Optional<String> baseDate, List<WfdbSignal> signals) {
    private static final Pattern SPACE = Pattern.compile("[ \\t]+");
    private static final Pattern FREQUENCY =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,20})?(?:[eE][+-]?\\d{1,2})?)(?:/\\S*)?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
    private static final Pattern DATE = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})");
    private static final int MOST_SIGNALS = 1000;

    WfdbHeader {
        signals = List.copyOf(signals);
    }

    /**
     * Parses a header.
     *
     * @param text all of it
     * @return the header; every signal is of a format that is read, and calibrated
     */
    static WfdbHeader parse(String text) throws WfdbRefusal {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE,
                    "header",
                    "there is no record line; expected name, number of signals, frequency");
        }
        String[] record = SPACE.split(lines.get(0).strip());
        if (record[0].contains("/")) {
            throw new WfdbRefusal(
                    RefusalReason.UNSUPPORTED_FORM,
                    "header record line",
                    "the record has several segments; expected a single-segment record (its segments can be read one by one)");
        }
        int count = signalCount(record);
        double hertz = frequency(record);
        Optional<Long> samples = samples(record);
        if (lines.size() - 1 != count) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE,
                    "header",
                    "the record line announces " + count + " signals, " + (lines.size() - 1)
                            + " signal lines follow; expected as many");
        }
        List<WfdbSignal> signals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            signals.add(WfdbSignal.parse(lines.get(i + 1).strip(), i));
        }
        return new WfdbHeader(hertz, samples, record.length > 5 ? date(record[5]) : Optional.empty(), signals);
    }

    private static int signalCount(String[] record) throws WfdbRefusal {
        if (record.length < 2 || !record[1].matches("\\d{1,6}")) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE,
                    "header record line",
                    "the second word is no number of signals; expected 1.." + MOST_SIGNALS);
        }
        int count = Integer.parseInt(record[1]);
        if (count < 1 || count > MOST_SIGNALS) {
            throw new WfdbRefusal(
                    RefusalReason.NO_DATA,
                    "header record line",
                    "the record has " + count + " signals; expected 1.." + MOST_SIGNALS);
        }
        return count;
    }

    private static double frequency(String[] record) throws WfdbRefusal {
        if (record.length < 3) {
            throw new WfdbRefusal(
                    RefusalReason.BAD_SAMPLING_FREQUENCY,
                    "header record line",
                    "there is no sampling frequency; expected samples a second");
        }
        Matcher match = FREQUENCY.matcher(record[2]);
        double hertz = match.matches() ? Double.parseDouble(match.group(1)) : 0;
        if (!(hertz > 0) || Double.isInfinite(hertz)) {
            throw new WfdbRefusal(
                    RefusalReason.BAD_SAMPLING_FREQUENCY,
                    "header record line",
                    "the third word is no sampling frequency; expected samples a second");
        }
        return hertz;
    }

    private static Optional<Long> samples(String[] record) throws WfdbRefusal {
        if (record.length < 4) {
            return Optional.empty();
        }
        if (!COUNT.matcher(record[3]).matches()) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE,
                    "header record line",
                    "the fourth word is no number of samples; expected a whole number");
        }
        return Optional.of(Long.parseLong(record[3])).filter(count -> count > 0); // 0 means: not told
    }

    private static Optional<String> date(String word) {
        Matcher match = DATE.matcher(word);
        if (!match.matches()) {
            return Optional.empty();
        }
        int day = Integer.parseInt(match.group(1));
        int month = Integer.parseInt(match.group(2));
        try {
            return Optional.of(
                    LocalDate.of(Integer.parseInt(match.group(3)), month, day).toString());
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }
}
