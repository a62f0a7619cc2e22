package dev.ecgfhir.inference;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The number format in which a network runs. Everything but {@link #FLOAT32} changes scores; docs/benchmarks.md says by how much.
 *
 * <p>Where only weights are reduced, every engine gives the same answers: the weights are rounded once, all that is computed with them is
 * float32.
 */
public enum Precision {
    /** Weights and calculation in float32, as the reference. */
    FLOAT32("float32", false),
    /** Weights rounded to bfloat16 (8 significant bits), calculation in float32. */
    BFLOAT16_WEIGHTS("bfloat16-weights", true),
    /** Weights rounded to IEEE 754 binary16 (11 significant bits), calculation in float32. */
    FLOAT16_WEIGHTS("float16-weights", true),
    /** Weights rounded to whole numbers of -127..127 with a factor for each output channel, calculation in float32. */
    INT8_WEIGHTS("int8-weights", true),
    /** Weights and signals in bfloat16, sums in float32: engine {@code pytorch} on processors that have such instructions. */
    BFLOAT16("bfloat16", false);

    private final String text;
    private final boolean weightsOnly;

    Precision(String text, boolean weightsOnly) {
        this.text = text;
        this.weightsOnly = weightsOnly;
    }

    /** Returns its name as the settings spell it, for example {@code int8-weights}. */
    public String text() {
        return text;
    }

    /** Returns true if the weights are rounded and the calculation is not. */
    public boolean weightsOnly() {
        return weightsOnly;
    }

    /** Returns the precision of a name; empty if there is none. */
    public static Optional<Precision> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
    }

    /** Returns all names, in order, as a reader should see them. */
    public static String names() {
        return Arrays.stream(values()).map(Precision::text).collect(Collectors.joining(", "));
    }
}
