package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTokensTest {
    private static final Scaling PLAIN = new Scaling(BigDecimal.ZERO, BigDecimal.ONE, VoltageUnit.MILLIVOLT);
    private static final SamplingFrequency FREQUENCY = new SamplingFrequency(500);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "7, 7",
        "-12, -12",
        "+5, 5",
        "007, 7",
        "0.25, 0.25",
        "-.5, -0.5",
        "3., 3",
        "1e2, 100",
        "1.5E-3, 0.0015",
        "-2.5e+1, -25",
        "0.1, 0.1",
        "123456789012345678, 1e6",
        "0.12345678901234567890123, 0.12345678901234567890123",
        "1e-300, 1e-300",
        "0000000000000000000000012, 12",
        "12e-19, 12e-19",
        "0.000000000000000000000001e20, 0.0001"
    })
    void reads_decimals(String token, double value) throws Refusal {
        if (Math.abs(Double.parseDouble(token)) > 1e6) {
            assertThatThrownBy(() -> read(token)).isInstanceOf(Refusal.class);
        } else {
            assertThat(read(token)).containsExactly(value);
        }
    }

    @Test
    void agrees_with_parse_double_to_the_last_bit() throws Refusal {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String token = token(random);
            assertThat(read(token)[0]).as("seed %d, token %s", seed, token).isEqualTo(Double.parseDouble(token) + 0.0);
        }
    }

    @Test
    void reads_E_U_and_L_as_not_measured() throws Refusal {
        SampleTokens tokens = SampleTokens.read("1 E 2 U L e u l 3", PLAIN, 100, "data");
        assertThat(tokens.waveform(FREQUENCY, 0, 1).millivolts())
                .containsExactly(1, Double.NaN, 2, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 3);
        assertThat(tokens.beyondLimits(0, 1)).isEqualTo(4);
    }

    @Test
    void accepts_any_white_space() throws Refusal {
        assertThat(read(" \n1\t2\r\n 3\f4\u00A05  ")).containsExactly(1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1,5",
                "1;2",
                "EE",
                "E1",
                "1E",
                "1e",
                "1e+",
                "--1",
                "+-1",
                "-",
                "+",
                ".",
                "-.",
                "e5",
                "1.2.3",
                "0x10",
                "1d",
                "1f",
                "NaN",
                "Infinity",
                "-E",
                "\u22125",
                "\u0661",
                "1_000",
                "^",
                "1e5x",
                "\u20AC"
            })
    void refuses_what_is_no_token(String token) {
        assertThatThrownBy(() -> read("1 2 " + token + " 4"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.outcome())
                                .isEqualTo(new ReadOutcome.Refused(
                                        RefusalReason.BAD_DATA,
                                        "data",
                                        "point 3 of 4 is a word of " + token.length()
                                                + " characters; expected a decimal, E, U or L")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e7", "-1000001", "1e400", "-1e99999999999", "99999999999999999999"})
    void refuses_voltages_that_no_body_has(String token) {
        assertThatThrownBy(() -> read(token))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.outcome().reason()).isEqualTo(RefusalReason.BAD_DATA))
                .hasMessage("point 1 of 1 means more than a kilovolt; expected the voltage of a body surface");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t "})
    void refuses_nothing(String data) {
        assertThatThrownBy(() -> read(data))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.outcome().reason()).isEqualTo(RefusalReason.NO_DATA));
    }

    @Test
    void counts_before_it_reads() {
        assertThatThrownBy(() -> SampleTokens.read("1 2 3 4 x", PLAIN, 4, "data"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.outcome().reason()).isEqualTo(RefusalReason.TOO_LONG))
                .hasMessage("data has 5 points; expected at most 4, which are left of the limit for one recording");
    }

    private static double[] read(String data) throws Refusal {
        return SampleTokens.read(data, PLAIN, 100, "data")
                .waveform(FREQUENCY, 0, 1)
                .millivolts();
    }

    private static String token(Random random) {
        StringBuilder token = new StringBuilder(random.nextBoolean() ? "-" : "");
        token.append(random.nextInt(1000));
        if (random.nextBoolean()) {
            token.append('.').append(Math.abs(random.nextLong() >> random.nextInt(62)));
        }
        if (random.nextInt(4) == 0) {
            token.append("e-").append(random.nextInt(30));
        }
        return token.toString();
    }
}
