package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.RefusalReason;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signal line of a WFDB header.
 *
 * @param index the signal's place, the first is 0
 * @param file name of the data file, a plain name
 * @param format how the data file stores it
 * @param offset bytes before the first sample
 * @param gain units of the converter for one unit of {@code unit}, not 0
 * @param baseline the converter's value at 0
 * @param unit physical unit as written; {@code mV} if the header names none, as the format has it
 * @param checksum sum of all samples, modulo 65536
 * @param description what the signal is; empty if the header does not say
 */
record WfdbSignal(
        int index,
        String file,
        WfdbFormat format,
        long offset,
        double gain,
        int baseline,
        String unit,
        Optional<Integer> checksum,
        String description) {
    private static final Pattern FORMAT =
            Pattern.compile("(\\d{1,4})(?:x(\\d{1,5}))?(?::(\\d{1,9}))?(?:\\+(\\d{1,12}))?");
    private static final Pattern GAIN = Pattern.compile(
            "([+-]?\\d{1,12}(?:\\.\\d{0,20})?(?:[eE][+-]?\\d{1,2})?)(?:\\((-?\\d{1,9})\\))?(?:/(\\S+))?");
    private static final long LARGEST_OFFSET = 1 << 20;
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

    static WfdbSignal parse(String line, int index) throws WfdbRefusal {
        String[] words = line.split("[ \\t]+", 9);
        String place = "header signal " + (index + 1);
        if (words.length < 3) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE,
                    place,
                    "the line has " + words.length + " words; expected file, format and gain at least");
        }
        checkFile(words[0], place);
        Matcher storage = storage(words[1], place);
        Matcher gain = GAIN.matcher(words[2]);
        if (!gain.matches()) {
            throw new WfdbRefusal(
                    RefusalReason.BAD_SAMPLED_DATA,
                    place,
                    "the third word is no gain; expected for example 1000(0)/mV");
        }
        double unitsEach = Double.parseDouble(gain.group(1));
        if (unitsEach == 0) {
            throw new WfdbRefusal(
                    RefusalReason.BAD_SAMPLED_DATA,
                    place,
                    "the gain is 0, which says that the signal is not calibrated; expected its gain");
        }
        int zero = words.length > 4 ? whole(words[4], place, "ADC zero") : 0;
        int baseline = gain.group(2) == null ? zero : Integer.parseInt(gain.group(2));
        return new WfdbSignal(
                index,
                words[0],
                format(storage.group(1), place),
                offset(storage, place),
                unitsEach,
                baseline,
                gain.group(3) == null ? "mV" : gain.group(3),
                words.length > 6 ? Optional.of(whole(words[6], place, "checksum") & 0xFFFF) : Optional.empty(),
                words.length > 8 ? words[8].strip() : "");
    }

    /** Returns this signal's place for a message. */
    String place() {
        return "header signal " + (index + 1);
    }

    private static void checkFile(String file, String place) throws WfdbRefusal {
        boolean plain = !file.contains("/") && !file.contains("\\") && !file.contains(":") && file.indexOf('\0') < 0;
        if (!plain || file.equals("..") || file.equals(".") || file.equals("-") || file.equals("~")) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE,
                    place,
                    "the data file is named with a path; expected the name of a file beside the header");
        }
    }

    private static Matcher storage(String word, String place) throws WfdbRefusal {
        Matcher match = FORMAT.matcher(word);
        if (!match.matches()) {
            throw new WfdbRefusal(
                    RefusalReason.UNREADABLE, place, "the second word is no storage format; expected 16 or 212");
        }
        return match;
    }

    private static WfdbFormat format(String code, String place) throws WfdbRefusal {
        return WfdbFormat.of(code)
                .orElseThrow(() -> new WfdbRefusal(
                        RefusalReason.UNSUPPORTED_FORM,
                        place,
                        "the storage format is " + code + "; expected 16 or 212"));
    }

    private static long offset(Matcher match, String place) throws WfdbRefusal {
        if (match.group(2) != null && Integer.parseInt(match.group(2)) != 1) {
            throw new WfdbRefusal(
                    RefusalReason.UNSUPPORTED_FORM,
                    place,
                    "the signal has " + match.group(2) + " samples in a frame; expected 1");
        }
        if (match.group(3) != null && Integer.parseInt(match.group(3)) != 0) {
            throw new WfdbRefusal(
                    RefusalReason.UNSUPPORTED_FORM,
                    place,
                    "the signal is skewed by " + match.group(3) + " samples; expected 0");
        }
        long offset = match.group(4) == null ? 0 : Long.parseLong(match.group(4));
        if (offset > LARGEST_OFFSET) {
            throw new WfdbRefusal(
                    RefusalReason.UNSUPPORTED_FORM,
                    place,
                    "the samples start at byte " + offset + "; expected at most " + LARGEST_OFFSET);
        }
        return offset;
    }

    private static int whole(String word, String place, String what) throws WfdbRefusal {
        if (!WHOLE.matcher(word).matches()) {
            throw new WfdbRefusal(RefusalReason.UNREADABLE, place, "the " + what + " is no whole number");
        }
        return Integer.parseInt(word);
    }
}
