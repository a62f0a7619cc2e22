package dev.ecgfhir.cli;

/** What the exit codes mean; scripts rely on them. */
final class ExitCode {
    /** Everything was done. */
    static final int DONE = 0;

    /** Done, but some inputs were refused. */
    static final int REFUSED = 1;

    /** Wrong usage or configuration; nothing was done. */
    static final int USAGE = 2;

    /** Failed. */
    static final int FAILED = 3;

    private ExitCode() {}
}
