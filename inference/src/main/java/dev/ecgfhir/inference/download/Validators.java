package dev.ecgfhir.inference.download;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says of the version of its file. */
final class Validators {
    private static final Pattern STRONG = Pattern.compile("\"[\\x21\\x23-\\x7e]{1,200}\"");
    private static final Pattern HASH = Pattern.compile("\"?([0-9a-f]{64})\"?");

    private Validators() {}

    /** Returns a strong ETag, which is the one kind of validator by which a later part surely belongs to an earlier one. */
    static Optional<String> of(HttpHeaders headers) {
        return headers.firstValue("ETag").filter(tag -> STRONG.matcher(tag).matches());
    }

    /**
     * Returns the SHA-256 that the Hugging Face Hub states of a large file when it redirects to where the file lies: header
     * {@code X-Linked-Etag}, as its own client (huggingface_hub, {@code file_download.py}) reads it.
     */
    static Optional<String> promisedHash(HttpResponse<?> response) {
        Optional<? extends HttpResponse<?>> one = Optional.of(response);
        while (one.isPresent()) {
            Optional<Matcher> hash = one.get()
                    .headers()
                    .firstValue("X-Linked-Etag")
                    .map(HASH::matcher)
                    .filter(Matcher::matches);
            if (hash.isPresent()) {
                return Optional.of(hash.get().group(1));
            }
            one = one.get().previousResponse();
        }
        return Optional.empty();
    }
}
