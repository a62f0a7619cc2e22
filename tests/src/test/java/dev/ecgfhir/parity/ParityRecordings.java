package dev.ecgfhir.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The recordings of {@code parity/expected.json}, with the reference's scores. */
final class ParityRecordings {
    private static final String WFDB = "/parity/wfdb/";
    private static final String OBSERVATIONS = "/dev/ecgfhir/demo/recordings/";

    private ParityRecordings() {}

    /** Returns the table: names of files, with the scores of each. */
    static JsonNode expected() throws IOException {
        try (InputStream in = resource("/parity/expected.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    /** Writes a recording into a directory; returns the file to read. */
    static Path copied(String name, Path directory) throws IOException {
        if (!name.endsWith(".hea")) {
            return copied(OBSERVATIONS, name, directory);
        }
        copied(WFDB, name.replace(".hea", ".dat"), directory);
        return copied(WFDB, name, directory);
    }

    private static Path copied(String folder, String name, Path directory) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = resource(folder + name)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static InputStream resource(String path) {
        InputStream in = ParityRecordings.class.getResourceAsStream(path);
        if (in == null) {
            throw new AssertionError("not on the class path: " + path);
        }
        return in;
    }
}
