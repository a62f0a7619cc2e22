package dev.ecgfhir.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The stored numbers of {@code fixtures/model} and {@code fixtures/full}, whose READMEs name origin and versions. */
public final class Fixtures {
    private Fixtures() {}

    /** Returns a file below {@code fixtures}. */
    public static Path path(String name) {
        try {
            return Path.of(Fixtures.class.getResource("/fixtures/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a JSON file below {@code fixtures}. */
    public static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(path(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an array of two axes below {@code fixtures}. */
    public static double[][] rows(String name) {
        return npy(name).rows();
    }

    /** Reads a model input, [leads][samples], below {@code fixtures}. */
    public static ModelInput input(String name) {
        double[][] rows = rows(name);
        float[][] window = new float[rows.length][rows[0].length];
        for (int lead = 0; lead < rows.length; lead++) {
            for (int i = 0; i < window[lead].length; i++) {
                window[lead][i] = (float) rows[lead][i];
            }
        }
        return ModelInput.of(window);
    }

    private static NpyArray npy(String name) {
        try {
            return NpyFile.read(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
