package dev.ecgfhir.cli;

import dev.ecgfhir.inference.download.DownloadListener;
import java.util.Locale;

/** The progress bar of a download; on something other than a terminal a line for each tenth. Not safe for concurrent use. */
final class TransferProgress implements DownloadListener {
    private static final int WIDTH = 40;
    private static final double MEGABYTE = 1e6;

    private final Console console;
    private final boolean terminal;
    private long shown = -1;

    /**
     * Makes it.
     *
     * @param console where it is shown, on standard error
     * @param terminal true if a line can be overwritten there
     */
    TransferProgress(Console console, boolean terminal) {
        this.console = console;
        this.terminal = terminal;
    }

    @Override
    public void arrived(long bytes, long total) {
        boolean known = total > 0;
        int steps = terminal ? 1000 : 10;
        long step = known ? bytes * steps / total : bytes >> 20; // of a total that is not known, each mebibyte
        if (step == shown) {
            return;
        }
        shown = step;
        if (terminal) {
            console.progress(known ? bar(bytes, total) : megabytes(bytes));
            if (bytes == total) {
                console.message("");
            }
        } else {
            console.message(known ? megabytes(bytes) + " of " + megabytes(total) : megabytes(bytes));
        }
    }

    @Override
    public void broken(String problem) {
        console.message((terminal ? "\n" : "") + "broken off: " + problem + "; trying again");
        shown = -1;
    }

    private static String bar(long bytes, long total) {
        int full = (int) (bytes * WIDTH / total);
        return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] "
                + String.format(Locale.ROOT, "%3d %%  ", bytes * 100 / total) + megabytes(bytes) + " of "
                + megabytes(total);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }
}
