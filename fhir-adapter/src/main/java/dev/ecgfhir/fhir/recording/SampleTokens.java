package dev.ecgfhir.fhir.recording;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Reads the text of {@code SampledData.data}: decimals and the letters E (error), U (above) and L (below), with white space between.
 *
 * <p>FHIR asks for one space between two; any white space is accepted, also around. Decimals may have a sign, leading zeros and an
 * exponent. E, U and L (in either case, as R5 has them) become NaN: where a limit lies in the physical world is not known, see the note
 * on {@code lowerLimit} in docs/reading-ecgs.md. A hot path: it works on bytes, knows the count before it allocates, and calls
 * {@link Double#parseDouble} only for decimals of more than 15 digits or with large exponents.
 */
final class SampleTokens {
    private static final int SAFE_DIGITS = 18;
    private static final long EXACT = 1L << 53;
    private static final int LARGEST_EXPONENT = 18;
    private static final double LARGEST_MILLIVOLTS = 1e6;
    private static final byte NO_BREAK_SPACE = (byte) 0xA0;

    private final double[] millivolts;
    private final byte[] text;
    private final Scaling scaling;
    private final String element;
    private int position;
    private int token;
    private final BitSet beyondLimits = new BitSet();

    private SampleTokens(byte[] text, Scaling scaling, String element, int count) {
        this.millivolts = new double[count];
        this.text = text;
        this.scaling = scaling;
        this.element = element;
    }

    /**
     * Reads all.
     *
     * @param data as received
     * @param scaling what a datum means
     * @param mostPoints how many samples are accepted
     * @param element FHIR path of the data, for refusals
     */
    static SampleTokens read(String data, Scaling scaling, int mostPoints, String element) throws Refusal {
        byte[] text =
                data.getBytes(StandardCharsets.ISO_8859_1); // what is not Latin-1 becomes '?', which is no token either
        int count = count(text);
        if (count == 0) {
            throw new Refusal(
                    RefusalReason.NO_DATA, element, "data is empty; expected decimals, E, U or L with a space between");
        }
        if (count > mostPoints) {
            throw new Refusal(
                    RefusalReason.TOO_LONG,
                    element,
                    "data has " + count + " points; expected at most " + mostPoints
                            + ", which are left of the limit for one recording");
        }
        SampleTokens tokens = new SampleTokens(text, scaling, element, count);
        tokens.readAll();
        return tokens;
    }

    private static int count(byte[] text) {
        int count = 0;
        boolean before = true;
        for (byte b : text) {
            boolean space = isSpace(b);
            if (before && !space) {
                count++;
            }
            before = space;
        }
        return count;
    }

    /** Returns how many points there are. */
    int count() {
        return millivolts.length;
    }

    /**
     * Returns what was read, NaN for E, U and L.
     *
     * @param lead which of the interlaced leads, from 0
     * @param leads how many are interlaced; 1 for a series of one lead
     */
    Waveform waveform(SamplingFrequency frequency, int lead, int leads) {
        if (leads == 1) {
            return Waveform.adopt(frequency, millivolts);
        }
        double[] own = new double[millivolts.length / leads];
        for (int i = 0; i < own.length; i++) {
            own[i] = millivolts[i * leads + lead];
        }
        return Waveform.adopt(frequency, own);
    }

    /** Returns how many points of a lead were U or L. */
    int beyondLimits(int lead, int leads) {
        return (int)
                beyondLimits.stream().filter(point -> point % leads == lead).count();
    }

    private void readAll() throws Refusal {
        for (token = 0; token < millivolts.length; token++) {
            while (isSpace(text[position])) {
                position++;
            }
            double value = next();
            if (value > LARGEST_MILLIVOLTS || value < -LARGEST_MILLIVOLTS) {
                throw refusal("means more than a kilovolt; expected the voltage of a body surface");
            }
            millivolts[token] = value;
        }
    }

    /** Reads one token; position is at its first byte before and behind its last afterwards. */
    private double next() throws Refusal {
        int start = position;
        int at = start;
        byte first = text[at];
        boolean negative = first == '-';
        if (negative || first == '+') {
            at++;
        }
        long mantissa = 0;
        int firstDigit = at;
        while (at < text.length && isDigit(text[at])) {
            mantissa = mantissa * 10 + (text[at++] - '0');
        }
        int digits = at - firstDigit;
        int scale = 0;
        if (at < text.length && text[at] == '.') {
            int point = at++;
            while (at < text.length && isDigit(text[at])) {
                mantissa = mantissa * 10 + (text[at++] - '0');
            }
            scale = at - point - 1;
            digits += scale;
        }
        if (digits == 0) {
            return mark(start);
        }
        if (at < text.length && !isSpace(text[at])) {
            return withExponent(start, at, negative ? -mantissa : mantissa, digits, scale);
        }
        position = at;
        if (digits > SAFE_DIGITS || mantissa > EXACT) {
            return byDouble(start, at);
        }
        return scaling.millivolts(negative ? -mantissa : mantissa, scale);
    }

    private double withExponent(int start, int letter, long mantissa, int digits, int scale) throws Refusal {
        int at = letter;
        if (text[at] != 'e' && text[at] != 'E') {
            throw notAToken(start);
        }
        at++;
        boolean negative = at < text.length && text[at] == '-';
        if (negative || (at < text.length && text[at] == '+')) {
            at++;
        }
        int firstDigit = at;
        int exponent = 0;
        while (at < text.length && isDigit(text[at])) {
            exponent = Math.min(exponent * 10 + (text[at++] - '0'), 1_000_000);
        }
        if (at == firstDigit || (at < text.length && !isSpace(text[at]))) {
            throw notAToken(start);
        }
        position = at;
        int decimals = scale + (negative ? exponent : -exponent);
        if (digits > SAFE_DIGITS || Math.abs(mantissa) > EXACT || Math.abs(decimals) > LARGEST_EXPONENT) {
            return byDouble(start, at);
        }
        if (decimals >= 0) {
            return scaling.millivolts(mantissa, decimals);
        }
        long whole = mantissa;
        for (int i = decimals; i < 0; i++) {
            if (Math.abs(whole) > Long.MAX_VALUE / 10) {
                return byDouble(start, at);
            }
            whole *= 10;
        }
        return scaling.millivolts(whole, 0);
    }

    private double byDouble(int start, int end) {
        return scaling.millivolts(
                Double.parseDouble(new String(text, start, end - start, StandardCharsets.ISO_8859_1)));
    }

    private double mark(int start) throws Refusal {
        if (start + 1 < text.length && !isSpace(text[start + 1])) {
            throw notAToken(start);
        }
        switch (text[start]) {
            case 'E', 'e' -> {}
            case 'U', 'u', 'L', 'l' -> beyondLimits.set(token);
            default -> throw notAToken(start);
        }
        position = start + 1;
        return Double.NaN;
    }

    private Refusal notAToken(int start) {
        int end = start;
        while (end < text.length && !isSpace(text[end])) {
            end++;
        }
        return refusal("is a word of " + (end - start) + " characters; expected a decimal, E, U or L");
    }

    private Refusal refusal(String what) {
        return new Refusal(
                RefusalReason.BAD_DATA, element, "point " + (token + 1) + " of " + millivolts.length + " " + what);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r') || b == NO_BREAK_SPACE;
    }
}
