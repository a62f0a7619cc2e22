package dev.ecgfhir.inference.download;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.FileHash;
import dev.ecgfhir.inference.checkpoint.Network;
import dev.ecgfhir.inference.download.DownloadException.Reason;
import dev.ecgfhir.inference.download.DownloadedModel.Trust;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Fetches a published checkpoint into its place.
 *
 * <p>What breaks off is taken up where it ended, by a later call too. A file appears under its name only when it is complete, has the
 * hash that the user gave or that was recorded the first time, and was read whole as a network for the right number of leads. Safe for
 * concurrent callers; two at the same file are told apart by a lock.
 */
public final class ModelDownload {
    private final ToLongFunction<Path> usableSpace;

    /** Makes it. */
    public ModelDownload() {
        this(Transfer::usableSpace);
    }

    /**
     * Makes it with another view of the disk.
     *
     * @param usableSpace bytes that can still be written in a directory
     */
    ModelDownload(ToLongFunction<Path> usableSpace) {
        this.usableSpace = usableSpace;
    }

    /**
     * Fetches a checkpoint, or checks the one that is there.
     *
     * @param model which
     * @param config from where to where
     * @param listener is told of the progress
     * @return the file
     * @throws DownloadException if there is no usable file afterwards; an earlier one stays as it was
     * @throws IOException if the disk fails
     */
    public DownloadedModel fetch(PublishedModel model, DownloadConfig config, DownloadListener listener)
            throws DownloadException, IOException, InterruptedException {
        HashRecord record = new HashRecord(config.file());
        Optional<String> expected = config.sha256();
        Trust trust = Trust.PINNED;
        if (expected.isEmpty()) {
            expected = record.read();
            trust = expected.isPresent() ? Trust.RECORDED : Trust.FIRST_USE;
        }
        if (Files.exists(config.file())) {
            String hash = FileHash.sha256(config.file());
            check(config.file().toString(), hash, expected, record, trust);
            return accept(model, config, config.file(), hash, trust, record, false);
        }
        if (expected.isEmpty() && !config.isPrivate()) {
            throw new DownloadException(
                    Reason.NOT_PRIVATE,
                    config.address()
                            + ": without TLS anybody on the way can put other weights in; give the SHA-256 that the"
                            + " file must have, or an https address");
        }
        try (PartFile part = PartFile.open(config.file())) {
            Optional<String> promised = transfer(config, part, listener);
            try {
                String hash = FileHash.sha256(part.path());
                check(config.address().toString(), hash, promised, record, Trust.PINNED);
                check(config.address().toString(), hash, expected, record, trust);
                DownloadedModel accepted = accept(model, config, part.path(), hash, trust, record, true);
                part.moveTo(config.file());
                return accepted;
            } catch (DownloadException e) {
                part.discard(); // it is complete and wrong: nothing to go on from
                throw e;
            }
        }
    }

    private Optional<String> transfer(DownloadConfig config, PartFile part, DownloadListener listener)
            throws DownloadException, IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(Redirect.NORMAL)
                .connectTimeout(config.patience())
                .proxy(config.proxy())
                .build();
        Transfer transfer = new Transfer(config, http, usableSpace, listener);
        long most = part.length();
        int failures = 0;
        while (true) {
            Duration asked = Duration.ZERO;
            String problem;
            try {
                return transfer.run(part);
            } catch (BusyServerException e) {
                asked = e.pause();
                problem = String.valueOf(e.getMessage());
            } catch (IOException e) {
                problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            }
            failures = part.length() > most ? 1 : failures + 1;
            most = Math.max(most, part.length());
            if (failures >= config.attempts()) {
                throw new DownloadException(
                        Reason.UNREACHABLE,
                        config.address() + ": " + problem + ", after " + failures
                                + (failures == 1 ? " attempt" : " attempts")
                                + " without a byte; " + part.length()
                                + " bytes are kept, and the same command goes on from there");
            }
            listener.broken(problem);
            Duration own = config.pause().multipliedBy(1L << Math.min(failures - 1, 10));
            Thread.sleep((asked.compareTo(own) > 0 ? asked : own).toMillis());
        }
    }

    private static void check(String what, String found, Optional<String> expected, HashRecord record, Trust trust)
            throws DownloadException {
        if (expected.isPresent() && !expected.get().equals(found)) {
            throw new DownloadException(
                    Reason.WRONG_HASH,
                    what + ": has SHA-256 " + found + ", expected " + expected.get()
                            + (trust == Trust.RECORDED
                                    ? " as recorded in " + record.path()
                                            + " when it was fetched first; if the authors have"
                                            + " published other weights, give their hash"
                                    : "; the file is not used"));
        }
    }

    private static DownloadedModel accept(
            PublishedModel model,
            DownloadConfig config,
            Path file,
            String hash,
            Trust trust,
            HashRecord record,
            boolean fetched)
            throws DownloadException, IOException {
        Network network;
        try {
            network = CheckpointReader.read(file);
        } catch (CheckpointException e) {
            throw new DownloadException(
                    Reason.NOT_USABLE,
                    (fetched ? config.address() + ": what was fetched cannot be used: " : "") + e.getMessage(),
                    e);
        }
        int leads = network.architecture().leads();
        if (leads != model.leads()) {
            throw new DownloadException(
                    Reason.NOT_USABLE,
                    (fetched ? config.address() : file) + ": is a network for " + leads
                            + (leads == 1 ? " lead" : " leads") + ", expected one for " + model.leads());
        }
        record.write(hash);
        return new DownloadedModel(
                config.file(),
                Files.size(file),
                hash,
                trust,
                fetched,
                network.architecture().labels(),
                network.usedWeights());
    }
}
