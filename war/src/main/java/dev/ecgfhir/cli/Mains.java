package dev.ecgfhir.cli;

import dev.ecgfhir.inference.signal.MainsFrequency;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 50} or {@code 60}. */
final class Mains implements ITypeConverter<MainsFrequency> {
    @Override
    public MainsFrequency convert(String value) {
        try {
            return MainsFrequency.ofHertz(Integer.parseInt(value));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("must be 50 or 60, was '" + value + "'");
        }
    }
}
