package dev.ecgfhir.cli;

import dev.ecgfhir.fhir.recording.ReadOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --maximum-points}, for every command that reads ECGs. */
final class MaximumPoints {
    @Option(
            names = "--maximum-points",
            paramLabel = "N",
            defaultValue = "" + ReadOptions.DEFAULT_MAXIMUM_POINTS,
            converter = Points.class,
            description =
                    "Most samples of one ECG, all leads together, 1..100000000 (default ${DEFAULT-VALUE}). A day of one lead at 250 Hz"
                            + " has 21600000.")
    private ReadOptions options = ReadOptions.defaults();

    /** Returns how files are read. */
    ReadOptions options() {
        return options;
    }

    /** Reads a number within the limits of {@link ReadOptions}. */
    static final class Points implements ITypeConverter<ReadOptions> {
        @Override
        public ReadOptions convert(String value) {
            try {
                return ReadOptions.defaults().withMaximumPoints(Integer.parseInt(value));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("must be in 1..100000000, was '" + value + "'");
            }
        }
    }
}
