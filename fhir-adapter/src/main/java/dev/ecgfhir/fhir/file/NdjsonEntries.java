package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.RefusalReason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/** The entries of an NDJSON file, read line by line as they are asked for. Not thread-safe. */
final class NdjsonEntries implements Iterator<FileEntry> {
    private final NdjsonLines lines;
    private final ResourceEntries resources;
    private final String input;
    private final String base;
    private final Queue<FileEntry> ready = new ArrayDeque<>();
    private boolean ended;

    NdjsonEntries(NdjsonLines lines, ResourceEntries resources, String input, String base) {
        this.lines = lines;
        this.resources = resources;
        this.input = input;
        this.base = base;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !ended) {
            readLine();
        }
        return !ready.isEmpty();
    }

    @Override
    public FileEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more entries in " + base);
        }
        return ready.remove();
    }

    private void readLine() {
        try {
            Optional<NdjsonLines.Line> line = lines.next();
            ended = line.isEmpty();
            line.ifPresent(this::add);
        } catch (IOException e) {
            ended = true;
            ready.add(Unreadable.file(input, e));
        }
    }

    private void add(NdjsonLines.Line line) {
        String place = "line " + line.number();
        if (line.damage().isPresent()) {
            ready.add(Unreadable.entry(input, place, line.damage().get()));
            return;
        }
        for (FileEntry entry : resources.read(line.text(), input, base)) {
            ready.add(withPlace(entry, place));
        }
    }

    /** A refusal inside a line names the line too: the lines of an export have no other name if they cannot be parsed. */
    private static FileEntry withPlace(FileEntry entry, String place) {
        if (entry.outcome() instanceof ReadOutcome.Refused refused && refused.reason() == RefusalReason.UNREADABLE) {
            return new FileEntry(
                    entry.input(),
                    entry.resource(),
                    new ReadOutcome.Refused(refused.reason(), place + ", " + refused.element(), refused.detail()));
        }
        return entry;
    }
}
