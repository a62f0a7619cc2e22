package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.RefusalReason;
import dev.ecgfhir.fhir.recording.VoltageUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One data file of a WFDB record.
 *
 * <p>Short-lived, not thread-safe.
 */
final class WfdbData {
    private static final double LARGEST_MILLIVOLTS = 1e6;
    private static final String ELEMENT = "data file";

    private final byte[] bytes;
    private final List<WfdbSignal> signals;
    private final WfdbFormat format;
    private final int offset;
    private final int samples;

    private WfdbData(byte[] bytes, List<WfdbSignal> signals, int offset, int samples) {
        this.bytes = bytes;
        this.signals = signals;
        this.format = signals.get(0).format();
        this.offset = offset;
        this.samples = samples;
    }

    /**
     * Reads a file whose size must be exactly what the header says.
     *
     * @param file beside the header
     * @param signals all signals of this file, as they are interleaved in it
     * @param announced samples of each signal, if the header says
     * @param mostPoints how many points may be read
     */
    static WfdbData read(Path file, List<WfdbSignal> signals, Optional<Long> announced, int mostPoints)
            throws WfdbRefusal {
        long offset = signals.get(0).offset();
        if (signals.stream().anyMatch(signal -> signal.offset() != offset)) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE,
                    "header",
                    "signals of one data file start at different bytes; expected the same");
        }
        WfdbFormat format = signals.get(0).format();
        if (signals.stream().anyMatch(signal -> signal.format() != format)) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE,
                    "header",
                    "signals of one data file have several storage formats; expected one");
        }
        try {
            if (!Files.isRegularFile(file)) {
                throw new WfdbRefusal(
                        RefusalReason.UNREADABLE,
                        ELEMENT,
                        "the data file of " + signals.get(0).place() + " is not there; expected it beside the header");
            }
            long size = Files.size(file);
            long count = announced.orElse(format.points(Math.max(0, size - offset)) / signals.size());
            if (count > mostPoints / signals.size()) {
                throw new WfdbRefusal(
                        RefusalReason.TOO_LONG,
                        ELEMENT,
                        count + " samples of " + signals.size() + " signals; expected at most " + mostPoints
                                + " points, which are left of the limit for one recording");
            }
            if (count == 0) {
                throw new WfdbRefusal(
                        RefusalReason.NO_DATA, ELEMENT, "it holds no sample; expected one or more of each signal");
            }
            long expected = offset + format.bytes(count * signals.size());
            if (size != expected) {
                throw new WfdbRefusal(
                        RefusalReason.UNREADABLE,
                        ELEMENT,
                        "it has " + size + " bytes; expected " + expected + " for " + count + " samples of "
                                + signals.size() + " signals");
            }
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length != size) {
                throw new WfdbRefusal(
                        RefusalReason.UNREADABLE,
                        ELEMENT,
                        "its size changed while it was read; expected it to be complete");
            }
            return new WfdbData(bytes, List.copyOf(signals), Math.toIntExact(offset), Math.toIntExact(count));
        } catch (IOException e) {
            throw new WfdbRefusal(RefusalReason.UNREADABLE, ELEMENT, Unreadable.why(e));
        }
    }

    int points() {
        return samples * signals.size();
    }

    /**
     * Compares the samples' sums with those of the header.
     *
     * @return false if one could not be compared: the header has none, or 0, which writers put that do not count
     */
    boolean verifyChecksums() throws WfdbRefusal {
        boolean all = true;
        for (int column = 0; column < signals.size(); column++) {
            WfdbSignal signal = signals.get(column);
            int sum = 0;
            for (int i = 0; i < samples; i++) {
                sum += raw(i, column);
            }
            int checksum = signal.checksum().orElse(0);
            if ((sum & 0xFFFF) == checksum && signal.checksum().isPresent()) {
                continue;
            }
            if (checksum != 0) {
                throw new WfdbRefusal(
                        RefusalReason.BAD_DATA,
                        signal.place(),
                        "the sum of its samples is not the header's checksum; expected undamaged data");
            }
            all = false;
        }
        return all;
    }

    /** Returns [samples] in millivolts, NaN for missing ones; the caller's own. */
    double[] millivolts(WfdbSignal signal) throws WfdbRefusal {
        int column = signals.indexOf(signal);
        VoltageUnit unit = VoltageUnit.ofText(signal.unit())
                .orElseThrow(() -> new WfdbRefusal(
                        RefusalReason.BAD_UNIT,
                        signal.place(),
                        "the physical unit is no volt; expected mV, uV, nV or V"));
        double up = Math.pow(10, Math.max(0, unit.powerOfTen()));
        double down = signal.gain() * Math.pow(10, Math.max(0, -unit.powerOfTen()));
        double[] millivolts = new double[samples];
        for (int i = 0; i < samples; i++) {
            int raw = raw(i, column);
            double value = raw == format.missing() ? Double.NaN : ((double) raw - signal.baseline()) * up / down;
            if (Math.abs(value) > LARGEST_MILLIVOLTS) {
                throw new WfdbRefusal(
                        RefusalReason.BAD_DATA,
                        signal.place(),
                        "sample " + (i + 1) + " means more than a kilovolt; expected the voltage of a body surface");
            }
            millivolts[i] = value;
        }
        return millivolts;
    }

    private int raw(int sample, int column) {
        return format.raw(bytes, offset, sample * signals.size() + column);
    }
}
