package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.inference.npy.NpyRowWriter;
import dev.ecgfhir.pipeline.Embedding;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Features in {@code X.npy}, one row for each window, and in {@code X.jsonl} what each row is. Both are moved into place when they are
 * complete. Memory does not grow with their number. Not safe for concurrent use.
 */
final class EmbeddingFiles implements Closeable {
    private final ObjectMapper mapper = new ObjectMapper();
    private final NpyRowWriter features;
    private final Path index;
    private final Path part;
    private final BufferedWriter lines;
    private long rows;

    private EmbeddingFiles(NpyRowWriter features, Path index, Path part) throws IOException {
        this.features = features;
        this.index = index;
        this.part = part;
        this.lines = Files.newBufferedWriter(part);
    }

    /**
     * Begins both files.
     *
     * @param npy the file of the features, whose name ends in .npy
     * @param width features of a window
     */
    static EmbeddingFiles open(Path npy, int width) throws IOException {
        Path index = index(npy);
        NpyRowWriter features = NpyRowWriter.open(npy, width);
        try {
            return new EmbeddingFiles(features, index, index.resolveSibling(index.getFileName() + ".part"));
        } catch (IOException e) {
            features.close();
            throw e;
        }
    }

    /** Returns the name of the index that belongs to a file of features. */
    static Path index(Path npy) {
        String name = String.valueOf(npy.getFileName());
        return npy.resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".jsonl");
    }

    /** Appends the windows of one ECG. */
    void append(Ecg ecg, Embedding embedding) throws IOException {
        float[][] windows = embedding.features();
        double[] starts = embedding.windowStarts();
        for (int window = 0; window < windows.length; window++) {
            ObjectNode line = mapper.createObjectNode();
            line.put("row", features.append(windows[window]));
            line.put("input", ecg.input());
            line.put("resource", ecg.resource().orElse(null));
            line.put("window", window);
            line.put("startSeconds", starts[window]);
            line.put("leads", embedding.model().leads());
            line.put("modelHash", embedding.model().hash());
            line.put("demonstration", embedding.model().demonstration());
            line.put("preprocessing", embedding.preprocessing());
            ArrayNode flags = line.putArray("flags");
            embedding.flags().forEach(flags::add);
            lines.write(mapper.writeValueAsString(line));
            lines.newLine();
            rows++;
        }
    }

    /** Returns how many rows there are so far. */
    long rows() {
        return rows;
    }

    /** Moves both files into place. */
    void finish() throws IOException {
        lines.close();
        features.finish();
        Files.move(part, index, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        try (features) {
            lines.close();
            Files.deleteIfExists(part);
        }
    }
}
