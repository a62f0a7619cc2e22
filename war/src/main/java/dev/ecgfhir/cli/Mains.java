package dev.ecgfhir.cli;

import dev.ecgfhir.inference.signal.MainsFrequency;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --mains}, for every command that filters. */
final class Mains {
    @Option(
            names = "--mains",
            paramLabel = "HZ",
            defaultValue = "50",
            converter = Hertz.class,
            description = "Mains frequency, 50 or 60 Hz (default ${DEFAULT-VALUE}).")
    private MainsFrequency frequency = MainsFrequency.HERTZ_50;

    /** Returns what was given, or the default. */
    MainsFrequency frequency() {
        return frequency;
    }

    /** Reads {@code 50} or {@code 60}. */
    static final class Hertz implements ITypeConverter<MainsFrequency> {
        @Override
        public MainsFrequency convert(String value) {
            try {
                return MainsFrequency.ofHertz(Integer.parseInt(value));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("must be 50 or 60, was '" + value + "'");
            }
        }
    }
}
