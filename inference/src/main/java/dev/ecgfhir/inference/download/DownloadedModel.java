package dev.ecgfhir.inference.download;

import java.nio.file.Path;

/**
 * A checkpoint that is in place and was read whole.
 *
 * @param file where it is
 * @param bytes its length
 * @param sha256 its hash, lower-case hexadecimal
 * @param trust what the hash was held against
 * @param fetched false if the file was there before and nothing was fetched
 * @param labels outputs of the network
 * @param weights number of weights that it uses
 */
public record DownloadedModel(
        Path file, long bytes, String sha256, Trust trust, boolean fetched, int labels, long weights) {
    /** What a hash was held against. */
    public enum Trust {
        /** The hash that the user gave. */
        PINNED,
        /** The hash that was recorded when the file was fetched for the first time. */
        RECORDED,
        /** Nothing: this is the first time. It is recorded now. */
        FIRST_USE
    }
}
