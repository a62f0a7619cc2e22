package dev.ecgfhir.fhir.recording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in messages, and the bounds within which a received decimal is worked with. */
final class Numbers {
    private static final int MOST_DIGITS = 40;
    private static final int LARGEST_SCALE = 60;
    private static final MathContext SHOWN = new MathContext(7, RoundingMode.HALF_EVEN);

    private Numbers() {}

    /** Returns up to seven digits without needless zeros; finite numbers only. */
    static String text(double number) {
        BigDecimal rounded = new BigDecimal(number).round(SHOWN).stripTrailingZeros();
        return rounded.scale() < 0 && rounded.scale() > -15 ? rounded.toPlainString() : rounded.toString();
    }

    /** Tells whether a decimal is one that a device could mean, and not one made to exhaust memory (1E999999999). */
    static boolean isReasonable(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= LARGEST_SCALE;
    }
}
