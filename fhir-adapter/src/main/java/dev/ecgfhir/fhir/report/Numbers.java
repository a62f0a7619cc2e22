package dev.ecgfhir.fhir.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as reports write them. */
final class Numbers {
    // float32 has between 7 and 8 significant decimal digits
    private static final MathContext EIGHT_DIGITS = new MathContext(8, RoundingMode.HALF_EVEN);

    private Numbers() {}

    /** Returns a score or threshold with eight significant digits, written without an exponent. */
    static BigDecimal exact(double value) {
        BigDecimal rounded = new BigDecimal(value).round(EIGHT_DIGITS).stripTrailingZeros();
        return new BigDecimal(rounded.toPlainString());
    }

    /** Returns two decimals for readers, cut and not rounded, so that a score below its threshold never reads as one that reached it. */
    static String brief(double value) {
        return new BigDecimal(exact(value).toPlainString())
                .setScale(2, RoundingMode.DOWN)
                .toPlainString();
    }
}
