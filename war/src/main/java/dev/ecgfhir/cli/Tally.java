package dev.ecgfhir.cli;

import java.util.EnumMap;
import java.util.Map;

/** Counts what became of the ECGs of a run. */
final class Tally {
    private final Map<Ecg.Result, Integer> counts = new EnumMap<>(Ecg.Result.class);

    /** Counts one. */
    void add(Ecg ecg) {
        counts.merge(ecg.result(), 1, Integer::sum);
    }

    /** Returns the exit code: ignored inputs alone are nothing to act on. */
    int exitCode() {
        return count(Ecg.Result.REFUSED) > 0 ? ExitCode.REFUSED : ExitCode.DONE;
    }

    /** Returns one line for people, for example {@code 3 read, 1 refused}. */
    String text(String done) {
        StringBuilder text = new StringBuilder(count(Ecg.Result.OK) + " " + done);
        if (count(Ecg.Result.REFUSED) > 0) {
            text.append(", ").append(count(Ecg.Result.REFUSED)).append(" refused");
        }
        if (count(Ecg.Result.IGNORED) > 0) {
            text.append(", ").append(count(Ecg.Result.IGNORED)).append(" ignored");
        }
        return text.toString();
    }

    private int count(Ecg.Result result) {
        return counts.getOrDefault(result, 0);
    }
}
