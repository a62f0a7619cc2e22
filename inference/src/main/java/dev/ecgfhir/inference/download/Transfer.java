package dev.ecgfhir.inference.download;

import dev.ecgfhir.inference.download.DownloadException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One request for a file, or for the rest of it. Not safe for concurrent use.
 *
 * <h2>References</h2>
 * RFC 9110: ranges (14), If-Range (13.1.5), validators (8.8).
 */
final class Transfer {
    /** The published files have a few hundred megabytes; the reader takes weights of 1 GiB. */
    private static final long LARGEST = 4L << 30;

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final DownloadConfig config;
    private final HttpClient http;
    private final ToLongFunction<Path> usableSpace;
    private final DownloadListener listener;

    Transfer(DownloadConfig config, HttpClient http, ToLongFunction<Path> usableSpace, DownloadListener listener) {
        this.config = config;
        this.http = http;
        this.usableSpace = usableSpace;
        this.listener = listener;
    }

    /**
     * Fetches what is missing. When this returns normally, the server says that the file is complete.
     *
     * @param part what is there; whatever arrives is appended, or replaces it where the server has another version by now
     * @return the hash that the server promises, if it does
     * @throws IOException if the transfer breaks off; what has arrived is in {@code part}
     * @throws BusyServerException if the server asks to come again
     * @throws DownloadException if asking again would not help
     */
    Optional<String> run(PartFile part)
            throws IOException, InterruptedException, BusyServerException, DownloadException {
        HttpRequest.Builder request = HttpRequest.newBuilder(config.address())
                .timeout(config.patience())
                .header("Accept-Encoding", "identity");
        Optional<String> validator = part.validator(config.address());
        if (validator.isPresent()) {
            request.header("Range", "bytes=" + part.length() + "-");
            request.header("If-Range", validator.get());
        }
        HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case OK -> {
                    part.restart(config.address(), Validators.of(response.headers()));
                    receive(
                            body,
                            part,
                            response.headers()
                                    .firstValueAsLong("Content-Length")
                                    .orElse(-1));
                }
                case PARTIAL -> resume(response, body, part);
                case RANGE_NOT_SATISFIABLE -> {
                    ContentRange range = ContentRange.of(response.headers());
                    if (range.total() != part.length()) {
                        part.restart(config.address(), Optional.empty());
                        throw new IOException("the server has another file by now; it is fetched from the start");
                    }
                }
                default -> throw Refusals.of(config.address(), response);
            }
        }
        return Validators.promisedHash(response);
    }

    private void resume(HttpResponse<InputStream> response, InputStream body, PartFile part)
            throws IOException, DownloadException {
        ContentRange range = ContentRange.of(response.headers());
        if (range.first() != part.length() || range.total() < range.first()) {
            part.restart(config.address(), Optional.empty());
            throw new IOException(
                    "the server sent another range than was asked for; the file is fetched from the start");
        }
        receive(body, part, range.total());
    }

    private void receive(InputStream body, PartFile part, long total) throws IOException, DownloadException {
        long length = part.length();
        if (total > LARGEST) {
            throw tooLarge(total);
        }
        checkSpace(part, total - length);
        listener.arrived(length, total);
        byte[] buffer = new byte[1 << 16];
        try (Stall stall = new Stall(body, config.patience())) {
            for (int n = stall.read(buffer); n >= 0; n = stall.read(buffer)) {
                write(part, buffer, n);
                length += n;
                if (length > LARGEST) {
                    throw tooLarge(length);
                }
                listener.arrived(length, total);
            }
        }
        if (total >= 0 && length != total) {
            throw new IOException("the connection ended after " + length + " of " + total + " bytes");
        }
    }

    /** A disk that is full is not a connection that broke off. */
    private static void write(PartFile part, byte[] bytes, int count) throws DownloadException {
        try {
            part.append(bytes, count);
        } catch (IOException e) {
            throw new DownloadException(
                    Reason.NO_SPACE, part.path() + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private void checkSpace(PartFile part, long missing) throws DownloadException {
        @Nullable Path directory = part.path().toAbsolutePath().getParent();
        long usable = directory == null ? Long.MAX_VALUE : usableSpace.applyAsLong(directory);
        if (missing > usable) {
            throw new DownloadException(
                    Reason.NO_SPACE,
                    directory + ": " + missing + " bytes are still to come from " + config.address() + ", the disk has "
                            + usable + " left; make room or choose another directory");
        }
    }

    private DownloadException tooLarge(long bytes) {
        return new DownloadException(
                Reason.TOO_LARGE,
                config.address() + ": offers " + bytes + " bytes; a checkpoint of this kind has at most " + LARGEST);
    }

    /** The room on the disk of a directory. */
    static long usableSpace(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // not known; writing will tell
        }
    }
}
