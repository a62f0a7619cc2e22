package dev.ecgfhir.inference.download;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header Content-Range.
 *
 * @param first position of the first byte that follows; -1 where none does
 * @param total length of the whole file
 */
record ContentRange(long first, long total) {
    private static final Pattern FORM = Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18})");

    /**
     * Reads the header.
     *
     * @throws IOException if it is absent, of another form, or without the file's length
     */
    static ContentRange of(HttpHeaders headers) throws IOException {
        String value = headers.firstValue("Content-Range").orElse("");
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            throw new IOException("the server sent a part of the file without saying which");
        }
        return new ContentRange(
                form.group(1) == null ? -1 : Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
    }
}
