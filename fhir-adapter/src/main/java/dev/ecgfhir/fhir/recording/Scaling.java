package dev.ecgfhir.fhir.recording;

import java.math.BigDecimal;

/**
 * value = origin + factor x data, in millivolts, for one series.
 *
 * <p>A datum is given as an exact decimal, {@code mantissa x 10^-scale}. The formula is worked out in whole numbers and divided once by a
 * power of ten, which makes the result the double nearest to the exact decimal value, so that the same voltage gives the same double
 * however it was split into origin, factor and data. That holds while the whole numbers stay below 2^53 and the power of ten below
 * 10^22, as those of devices do; beyond, double arithmetic takes over, with a relative error of a few 1e-16.
 *
 * <p>Immutable; safe to share between threads.
 */
final class Scaling {
    private static final long EXACT = 1L << 53;
    private static final int SCALES = 10;
    private static final double[] TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private final double originMillivolts;
    private final double factorMillivolts;
    private final long[] largest = new long[SCALES];
    private final long[] times = new long[SCALES];
    private final long[] plus = new long[SCALES];
    private final int[] power = new int[SCALES];

    /**
     * Prepares the formula.
     *
     * @param origin in {@code unit}; reasonable as {@link Numbers#isReasonable} has it
     * @param factor in {@code unit}; likewise
     * @param unit what origin and factor x data are in
     */
    Scaling(BigDecimal origin, BigDecimal factor, VoltageUnit unit) {
        this.originMillivolts = origin.scaleByPowerOfTen(unit.powerOfTen()).doubleValue();
        this.factorMillivolts = factor.scaleByPowerOfTen(unit.powerOfTen()).doubleValue();
        BigDecimal shortOrigin = origin.stripTrailingZeros();
        BigDecimal shortFactor = factor.stripTrailingZeros();
        for (int scale = 0; scale < SCALES; scale++) {
            prepare(shortOrigin, shortFactor, unit, scale);
        }
    }

    private void prepare(BigDecimal origin, BigDecimal factor, VoltageUnit unit, int scale) {
        largest[scale] = -1;
        int common = Math.max(0, Math.max(origin.scale(), factor.scale() + scale));
        int tens = common - unit.powerOfTen();
        BigDecimal multiplier = factor.scaleByPowerOfTen(common - scale);
        BigDecimal addend = origin.scaleByPowerOfTen(common);
        BigDecimal limit = BigDecimal.valueOf(EXACT);
        if (tens >= TEN.length
                || tens <= -TEN.length
                || multiplier.abs().compareTo(limit) >= 0
                || addend.abs().compareTo(limit) >= 0
                || multiplier.signum() == 0) {
            return;
        }
        times[scale] = multiplier.longValueExact();
        plus[scale] = addend.longValueExact();
        power[scale] = tens;
        largest[scale] = (EXACT - Math.abs(plus[scale])) / Math.abs(times[scale]);
    }

    /**
     * Returns the value of the datum {@code mantissa x 10^-scale}.
     *
     * @param mantissa the datum's digits, with its sign
     * @param scale how many of them are decimals, 0 or more
     * @return millivolts
     */
    double millivolts(long mantissa, int scale) {
        if (scale < SCALES && Math.abs(mantissa) <= largest[scale]) {
            double whole = mantissa * times[scale] + plus[scale];
            int tens = power[scale];
            return tens >= 0 ? whole / TEN[tens] : whole * TEN[-tens];
        }
        return millivolts(scale < TEN.length ? mantissa / TEN[scale] : mantissa / Math.pow(10, scale));
    }

    /**
     * Returns the value of a datum that is known as a double only.
     *
     * @param datum any number
     * @return millivolts; not finite if the datum is not
     */
    double millivolts(double datum) {
        return Math.fma(factorMillivolts, datum, originMillivolts);
    }
}
