package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.BulkExport;
import dev.ecgfhir.fhir.source.CodeChoice;
import dev.ecgfhir.fhir.source.ExportFile;
import dev.ecgfhir.fhir.source.ExportManifest;
import dev.ecgfhir.fhir.source.ExportStatus;
import dev.ecgfhir.fhir.source.Exported;
import dev.ecgfhir.fhir.source.Found;
import dev.ecgfhir.fhir.source.SourceException;
import dev.ecgfhir.fhir.source.SourceQuery;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillStep;
import dev.ecgfhir.ledger.Discovery;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an archive by FHIR Bulk Data export: asks for one, waits for it, reads its files line by line, gives it back. The cursor names the
 * server's job, the file and the byte, so that another process goes on in the middle of a file. An export that the server has forgotten is
 * asked for again and read from its beginning; the ledger knows what was there before.
 */
final class ExportReading implements ArchiveReading {
    private static final Logger LOG = LoggerFactory.getLogger(ExportReading.class);
    private static final int MOST_RESTARTS = 5;
    private static final int ECGS = 200;
    private static final int LINES = 5000;
    private static final long BYTES = 32L << 20;
    private static final int FILE_PARTS = 1000;

    private final BulkExport export;
    private final SourceQuery query;
    private final String source;
    private @Nullable ExportManifest manifest;
    private @Nullable ExportFile open;

    /**
     * Makes it.
     *
     * @param query which Observations are ECGs
     * @param source its name, for the log
     */
    ExportReading(BulkExport export, SourceQuery query, String source) {
        this.export = export;
        this.query = query;
        this.source = source;
    }

    @Override
    public Stretch next(Backfill job) {
        Optional<String> problem = CodeChoice.problem(query);
        if (problem.isPresent()) {
            return new Stretch.Never(BackfillReason.EXPORT_QUERY, problem.get());
        }
        ExportCursor cursor = ExportCursor.parse(job.cursor());
        if (cursor.status().isEmpty()) {
            URI address = export.start(job.order().from());
            return moved(cursor.askedFor(address), job);
        }
        ExportManifest known = manifest;
        return known == null ? ask(cursor, job) : read(known, cursor.in(known.fingerprint()), job);
    }

    private Stretch ask(ExportCursor cursor, Backfill job) {
        ExportStatus status = export.status(cursor.status().orElseThrow());
        if (status instanceof ExportStatus.Working working) {
            return new Stretch.Later(
                    working.pause(),
                    BackfillReason.EXPORT_IN_PREPARATION,
                    "the source prepares its export" + (working.progress().isEmpty() ? "" : ": " + working.progress()));
        } else if (status instanceof ExportStatus.Ready ready) {
            manifest = ready.manifest();
            if (ready.manifest().errors() > 0) {
                LOG.warn(
                        "source {}: backfill {}: the source could not export everything; {} files of its export tell what",
                        source,
                        job.id(),
                        ready.manifest().errors());
            }
            return read(ready.manifest(), cursor.in(ready.manifest().fingerprint()), job);
        } else if (status instanceof ExportStatus.Failed failed) {
            return again(cursor, job, "the source's export ended with HTTP status " + failed.status());
        }
        return again(cursor, job, "the source has forgotten its export");
    }

    private Stretch again(ExportCursor cursor, Backfill job, String why) {
        close();
        manifest = null;
        ExportCursor again = cursor.again(job.counts().discovered());
        if (again.restarts() > MOST_RESTARTS) {
            return new Stretch.Never(
                    BackfillReason.EXPORT_FAILED, why + ", " + again.restarts() + " times without giving anything new");
        }
        LOG.info("source {}: backfill {}: {}; asking for another one", source, job.id(), why);
        return moved(again, job);
    }

    private Stretch read(ExportManifest from, ExportCursor cursor, Backfill job) {
        if (cursor.file() >= from.files().size()) {
            cursor.status().ifPresent(export::giveBack);
            return new Stretch.Read(step(List.of(), 0, 0, cursor, from), true);
        }
        ExportFile file = open;
        if (file == null || file.offset() != cursor.offset()) {
            close();
            Optional<ExportFile> opened = export.open(from, from.files().get(cursor.file()), cursor.offset());
            if (opened.isEmpty()) {
                return again(cursor, job, "the source has forgotten a file of its export");
            }
            file = opened.get();
            open = file;
        }
        try {
            return lines(file, from, cursor, job);
        } catch (SourceException e) {
            close();
            throw e;
        }
    }

    private Stretch lines(ExportFile file, ExportManifest from, ExportCursor cursor, Backfill job) {
        CodeChoice choice = CodeChoice.of(query);
        List<Found> found = new ArrayList<>();
        long passed = 0;
        long bad = 0;
        long line = cursor.line();
        long begin = file.offset();
        while (found.size() < ECGS && line - cursor.line() < LINES && file.offset() - begin < BYTES) {
            Optional<Exported> next = file.next(choice);
            if (next.isEmpty()) {
                close();
                return new Stretch.Read(
                        step(Discoveries.of(export.source(), found), passed, bad, cursor.nextFile(), from), false);
            }
            line++;
            switch (next.get().kind()) {
                case ECG -> found.add(next.get().found().orElseThrow());
                case OTHER -> passed++;
                case DAMAGED -> {
                    bad++;
                    LOG.warn(
                            "source {}: backfill {}: line {} of file {} of the export cannot be read and is passed over",
                            source,
                            job.id(),
                            line,
                            cursor.file() + 1);
                }
                case BLANK -> {}
            }
        }
        ExportCursor after = cursor.at(file.offset(), line);
        return new Stretch.Read(step(Discoveries.of(export.source(), found), passed, bad, after, from), false);
    }

    private Stretch moved(ExportCursor cursor, Backfill job) {
        return new Stretch.Read(new BackfillStep(List.of(), 0, 0, cursor.text(), job.done(), job.all()), false);
    }

    private BackfillStep step(List<Discovery> rows, long passed, long bad, ExportCursor cursor, ExportManifest from) {
        ExportFile file = open;
        long inFile = file == null || file.length() <= 0 ? 0 : FILE_PARTS * file.offset() / file.length();
        return new BackfillStep(
                rows,
                passed,
                bad,
                cursor.text(),
                (long) FILE_PARTS * cursor.file() + inFile,
                (long) FILE_PARTS * Math.max(1, from.files().size()));
    }

    @Override
    public void rest() {
        close(); // a connection that nobody reads from is cut by the server; the next one begins at the cursor's byte
    }

    @Override
    public void close() {
        ExportFile file = open;
        open = null;
        if (file != null) {
            file.close();
        }
    }
}
