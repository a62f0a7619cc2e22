package dev.ecgfhir.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One of the bundled recordings.
 *
 * @param name its file's name without ending
 * @param dataSet where it comes from
 * @param labels the data set's own labels, separated by {@code "; "}
 * @param observation the FHIR Observation as JSON
 */
record DemoRecording(String name, String dataSet, String labels, String observation) {
    private static final String FOLDER = "/dev/ecgfhir/demo/recordings/";
    private static final List<String> COLUMNS =
            List.of("file", "record", "source_dataset", "licence", "fs", "n_leads", "seconds", "labels");

    /** Returns all of them, in the order of their index. */
    static List<DemoRecording> bundled() {
        List<String> rows = text("index.csv").lines().toList();
        if (!List.of(rows.get(0).split(",", -1)).equals(COLUMNS)) {
            throw new IllegalStateException("index.csv has columns " + rows.get(0) + ", expected " + COLUMNS);
        }
        return rows.stream().skip(1).map(DemoRecording::of).toList();
    }

    private static DemoRecording of(String row) {
        List<String> cells = List.of(row.split(",", -1));
        if (cells.size() != COLUMNS.size()) {
            throw new IllegalStateException("index.csv: expected " + COLUMNS.size() + " cells, found: " + row);
        }
        String file = cells.get(0);
        return new DemoRecording(
                file.replaceFirst("\\.json$", ""), cells.get(2), cells.get(COLUMNS.indexOf("labels")), text(file));
    }

    private static String text(String name) {
        try (InputStream in = DemoRecording.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FOLDER + name + " cannot be read", e);
        }
    }
}
