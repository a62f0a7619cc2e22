package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalingTest {
    @Test
    void gives_the_double_nearest_to_the_exact_value() {
        long seed = 20_261_124;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal origin = decimal(random, 5, 3);
            BigDecimal factor = decimal(random, 6, 7);
            BigDecimal datum = decimal(random, 6, 4);
            VoltageUnit unit = VoltageUnit.values()[random.nextInt(4)];
            double exact = origin.add(factor.multiply(datum))
                    .scaleByPowerOfTen(unit.powerOfTen())
                    .doubleValue();
            double value = new Scaling(origin, factor, unit)
                    .millivolts(datum.unscaledValue().longValueExact(), datum.scale());
            assertThat(value)
                    .as("seed %d: %s + %s x %s %s", seed, origin, factor, datum, unit)
                    .isEqualTo(exact == 0 ? 0.0 : exact);
        }
    }

    @Test
    void gives_the_same_double_however_the_voltage_is_split() {
        double millivolts =
                new Scaling(BigDecimal.ZERO, new BigDecimal("0.001"), VoltageUnit.MILLIVOLT).millivolts(1234, 0);
        assertThat(millivolts).isEqualTo(1234 / 1000.0).isEqualTo(1.234);
        assertThat(new Scaling(BigDecimal.ZERO, BigDecimal.ONE, VoltageUnit.MICROVOLT).millivolts(1234, 0))
                .isEqualTo(millivolts);
        assertThat(new Scaling(BigDecimal.ZERO, BigDecimal.ONE, VoltageUnit.NANOVOLT).millivolts(1_234_000, 0))
                .isEqualTo(millivolts);
        assertThat(new Scaling(BigDecimal.ZERO, BigDecimal.ONE, VoltageUnit.VOLT).millivolts(1234, 6))
                .isEqualTo(millivolts);
        assertThat(new Scaling(new BigDecimal("-1"), new BigDecimal("0.002"), VoltageUnit.MILLIVOLT)
                        .millivolts(1117, 0))
                .isEqualTo(millivolts);
    }

    @Test
    void stays_within_three_units_in_the_last_place_where_whole_numbers_do_not_suffice() {
        BigDecimal factor = new BigDecimal("0.00488519785051294593");
        Scaling scaling = new Scaling(new BigDecimal("0.25"), factor, VoltageUnit.MILLIVOLT);
        for (long datum = -32_768; datum < 32_768; datum += 17) {
            double exact = new BigDecimal("0.25")
                    .add(factor.multiply(BigDecimal.valueOf(datum)))
                    .doubleValue();
            double bound = 3 * (Math.ulp(exact) + Math.ulp(0.25));
            assertThat(Math.abs(scaling.millivolts(datum, 0) - exact)).isLessThanOrEqualTo(bound);
        }
    }

    @Test
    void takes_extreme_but_reasonable_decimals() {
        BigDecimal huge = new BigDecimal("1E+50");
        assertThat(new Scaling(BigDecimal.ZERO, huge, VoltageUnit.VOLT).millivolts(2, 0))
                .isEqualTo(2e53);
        assertThat(new Scaling(new BigDecimal("1E-50"), BigDecimal.ONE, VoltageUnit.MILLIVOLT).millivolts(0, 0))
                .isEqualTo(1e-50);
    }

    private static BigDecimal decimal(Random random, int digits, int mostDecimals) {
        long bound = (long) Math.pow(10, random.nextInt(digits) + 1);
        long unscaled = random.nextLong(2 * bound) - bound;
        return BigDecimal.valueOf(unscaled == 0 ? 1 : unscaled, random.nextInt(mostDecimals + 1));
    }
}
