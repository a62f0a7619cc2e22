package dev.ecgfhir.inference.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The stored signals of {@code fixtures/preprocess}, whose README names origin and versions. */
final class ReferenceSignals {
    private static final String FOLDER = "/fixtures/preprocess/";
    private static final JsonNode MANIFEST = manifest();

    private ReferenceSignals() {}

    static List<Signal> all() {
        List<Signal> signals = new ArrayList<>();
        MANIFEST.get("signals").forEach(node -> signals.add(new Signal(node)));
        return signals;
    }

    static Signal named(String name) {
        return all().stream()
                .filter(signal -> signal.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode filters() {
        return MANIFEST.get("filters");
    }

    static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }

    static NpyArray read(String file) {
        try (InputStream in = ReferenceSignals.class.getResourceAsStream(FOLDER + file)) {
            return NpyFile.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode manifest() {
        try (InputStream in = ReferenceSignals.class.getResourceAsStream(FOLDER + "manifest.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One signal with its stages. */
    record Signal(JsonNode node) {
        String name() {
            return node.get("name").textValue();
        }

        double samplingFrequency() {
            return node.get("fs").doubleValue();
        }

        String type() {
            return node.get("dtype").textValue();
        }

        boolean has(String stage) {
            return node.get("files").has(stage);
        }

        double[][] stage(String stage) {
            return read(node.get("files").get(stage).textValue()).rows();
        }

        double tolerance(String key) {
            return node.get("tolerance").get(key).doubleValue();
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
