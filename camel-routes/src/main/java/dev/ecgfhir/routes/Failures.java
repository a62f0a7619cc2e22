package dev.ecgfhir.routes;

import java.util.stream.Stream;

/** Tells failures in logs and in the ledger without their messages, which can hold what a server sent: a patient's data. */
final class Failures {
    private static final int MOST_CAUSES = 10;

    private Failures() {}

    /** Returns the classes of an exception and its causes, and where in our own code it came up. */
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            text.append(depth == 0 ? "" : ", caused by ")
                    .append(cause.getClass().getName());
            cause = cause.getCause();
        }
        Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.ecgfhir"))
                .findFirst()
                .ifPresent(frame -> text.append(" at ")
                        .append(frame.getClassName())
                        .append('.')
                        .append(frame.getMethodName())
                        .append(':')
                        .append(frame.getLineNumber()));
        return text.toString();
    }
}
