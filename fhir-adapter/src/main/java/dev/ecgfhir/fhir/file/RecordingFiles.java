package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads the ECGs of files.
 *
 * <p>By the name's end: {@code .hea} is a WFDB header with its data beside it, {@code .ndjson} and {@code .jsonl} are FHIR resources line by
 * line, everything else is one FHIR Observation or Bundle, JSON or XML by its first character. A file that cannot be read is one refused
 * entry; nothing is thrown for what a file holds or lacks.
 *
 * <p>Immutable and safe to share between threads; the streams are not.
 */
public final class RecordingFiles {
    /** Most bytes of one JSON or XML document, or of one NDJSON line: 256 MiB. */
    private static final int LARGEST_DOCUMENT = 256 << 20;

    private final ResourceEntries resources;
    private final WfdbReader wfdb;

    /**
     * Creates a reader.
     *
     * @param options what the files leave to agreement
     */
    public RecordingFiles(ReadOptions options) {
        this.resources = new ResourceEntries(new ObservationReader(options));
        this.wfdb = new WfdbReader(options);
    }

    /**
     * Opens a file.
     *
     * @param file of any kind
     * @return its entries in order, at least one unless it is an empty NDJSON file; NDJSON is read as the stream is consumed. Close it
     */
    public Stream<FileEntry> open(Path file) {
        String input = file.toString();
        String base =
                Optional.ofNullable(file.getFileName()).map(Path::toString).orElse(input);
        try {
            if (!Files.exists(file)) {
                return Stream.of(Unreadable.file(input, new NoSuchFileException(base)));
            }
            if (!Files.isRegularFile(file)) {
                return Stream.of(Unreadable.entry(
                        input, "file", "it is no regular file; expected FHIR JSON or XML, NDJSON or a WFDB header"));
            }
            String name = base.toLowerCase(Locale.ROOT);
            if (name.endsWith(".hea")) {
                return Stream.of(new FileEntry(input, Optional.empty(), wfdb.read(file)));
            }
            return name.endsWith(".ndjson") || name.endsWith(".jsonl")
                    ? lines(file, input, base)
                    : document(file, input, base).stream();
        } catch (IOException e) {
            return Stream.of(Unreadable.file(input, e));
        }
    }

    private List<FileEntry> document(Path file, String input, String base) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST_DOCUMENT) {
            return List.of(Unreadable.entry(
                    input,
                    "file",
                    "the file has " + size + " bytes; expected at most " + LARGEST_DOCUMENT
                            + ", or NDJSON, which is read in parts"));
        }
        return resources.read(Files.readString(file), input, base);
    }

    private Stream<FileEntry> lines(Path file, String input, String base) throws IOException {
        NdjsonLines lines = new NdjsonLines(Files.newInputStream(file), LARGEST_DOCUMENT);
        NdjsonEntries entries = new NdjsonEntries(lines, resources, input, base);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(() -> close(lines));
    }

    private static void close(NdjsonLines lines) {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the file could not be closed", e);
        }
    }
}
