package dev.ecgfhir.config;

import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A database that did not do its work, told so that whoever reads it knows which one and what to do. The message holds neither user nor
 * password nor content.
 */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What operating systems say of a disk, a quota or a limit that is reached (strerror of ENOSPC, EDQUOT, EFBIG; Windows). */
    private static final List<String> NO_ROOM =
            List.of("No space left", "quota exceeded", "File too large", "not enough space");

    /** DataUtils.ERROR_FILE_CORRUPT of H2. */
    private static final int MVSTORE_FILE_CORRUPT = 6;

    private static final int MOST_CAUSES = 20;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** An H2 file cannot be written: its disk is full, or a quota is. */
        DISK_FULL,
        /** An H2 file is not what H2 wrote. */
        FILE_DAMAGED,
        /** H2 has closed its file by itself, after a write or read that failed. */
        FILE_CLOSED,
        /** Another process has the H2 file open. */
        FILE_IN_USE,
        /** There is no connection. */
        UNREACHABLE,
        /** Something else; the message has the SQL state. */
        OTHER;

        private static final Set<Reason> FINAL = EnumSet.of(DISK_FULL, FILE_DAMAGED, FILE_CLOSED);

        /** Returns true if nothing but a new start of this program can help: H2 does not take up a file again. */
        public boolean isFinal() {
            return FINAL.contains(this);
        }
    }

    private DatabaseException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Works out what a failure means.
     *
     * @param part whose database it is, for example {@code ledger}
     * @param database the database
     * @param failure what was thrown by the driver or the pool, itself or among the causes
     */
    public static DatabaseException of(String part, DatabaseSettings database, Throwable failure) {
        if (failure instanceof DatabaseException told) {
            return told;
        }
        String state = "";
        Reason found = Reason.OTHER;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            Reason one = reason(cause);
            // the disk is behind what H2 says of its file, and says more
            if (one == Reason.DISK_FULL || found == Reason.OTHER) {
                found = one == Reason.OTHER ? found : one;
            }
            if (state.isEmpty() && cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return new DatabaseException(found, part + ": " + text(found, database.place(), state), failure);
    }

    /** Looks for one in a failure and its causes: what wires the server wraps what its parts throw. */
    public static Optional<DatabaseException> among(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(DatabaseException.class::isInstance)
                .map(DatabaseException.class::cast)
                .findFirst();
    }

    private static Reason reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof IOException && NO_ROOM.stream().anyMatch(message::contains)) {
            return Reason.DISK_FULL;
        }
        if (cause.getClass().getName().equals("org.h2.mvstore.MVStoreException")
                && message.endsWith("/" + MVSTORE_FILE_CORRUPT + "]")) {
            return Reason.FILE_DAMAGED; // the driver calls it a general error
        }
        if (!(cause instanceof SQLException sql)) {
            return Reason.OTHER;
        }
        // https://h2database.com/javadoc/org/h2/api/ErrorCode.html
        return switch (sql.getErrorCode()) {
            case 90030, 90048 -> Reason.FILE_DAMAGED;
            case 90098, 90121 -> Reason.FILE_CLOSED;
            case 90020 -> Reason.FILE_IN_USE;
            default -> reason(String.valueOf(sql.getSQLState()), sql);
        };
    }

    /** Classes 08 and 57P of https://www.postgresql.org/docs/current/errcodes-appendix.html; the pool throws without a state. */
    private static Reason reason(String state, SQLException failure) {
        return state.startsWith("08")
                        || state.startsWith("57P")
                        || failure instanceof java.sql.SQLTransientConnectionException
                ? Reason.UNREACHABLE
                : Reason.OTHER;
    }

    private static String text(Reason reason, String place, String state) {
        return switch (reason) {
            case DISK_FULL ->
                place + " cannot be written: its disk is full. Make room there and start the server again;"
                        + " nothing that was accepted is lost (docs/operations.md, 'A full disk')";
            case FILE_DAMAGED ->
                place + " is damaged and is not used. Put a backup in its place, or move it away and start"
                        + " with an empty one (docs/operations.md, 'A damaged file')";
            case FILE_CLOSED ->
                place + " was closed by the database after it could not be written or read. Look at its disk"
                        + " and start the server again; nothing that was accepted is lost";
            case FILE_IN_USE -> place + " is in use by another process; stop that one, or name another data directory";
            case UNREACHABLE ->
                place + " does not answer. Bring it back; nothing is lost, and a running server goes on by" + " itself";
            case OTHER -> place + " does not do its work" + (state.isEmpty() ? "" : ": SQL state " + state);
        };
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
