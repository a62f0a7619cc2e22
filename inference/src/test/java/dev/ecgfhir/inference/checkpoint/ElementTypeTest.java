package dev.ecgfhir.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IEEE 754-2008, binary16: values of its own examples, ends of ranges and both zeros. */
class ElementTypeTest {
    @ParameterizedTest
    @CsvSource({
        "0x0000, 0.0",
        "0x8000, -0.0",
        "0x3c00, 1.0",
        "0xc000, -2.0",
        "0x7bff, 65504.0",
        "0x0400, 6.103515625E-5",
        "0x0001, 5.960464477539063E-8",
        "0x83ff, -6.097555160522461E-5",
        "0x3555, 0.333251953125",
        "0x7c00, Infinity",
        "0xfc00, -Infinity",
        "0x7e00, NaN"
    })
    void widens_half_precision_exactly(String half, Float expected) {
        assertThat(ElementType.halfToFloat(Integer.decode(half).shortValue())).isEqualTo(expected);
    }
}
