package dev.ecgfhir.web;

import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.Backfills;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to a backfill. */
public enum BackfillChange {
    /** It waits. */
    PAUSE {
        @Override
        public boolean apply(Backfills jobs, long id) {
            return jobs.pause(id);
        }
    },
    /** It goes on from where it stands. */
    RESUME {
        @Override
        public boolean apply(Backfills jobs, long id) {
            return jobs.resume(id);
        }
    },
    /** It ends. */
    CANCEL {
        @Override
        public boolean apply(Backfills jobs, long id) {
            return jobs.cancel(id);
        }
    };

    /** Does it; returns false if the job's state does not allow it, or there is no such job. */
    public abstract boolean apply(Backfills jobs, long id);

    /** Returns the word for it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<BackfillChange> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Says why it could not be done. */
    public String impossible(long id, Optional<Backfill> job) {
        return job.map(found -> "backfill " + id + " is " + found.state() + "; " + word() + " needs one that "
                        + (this == PAUSE
                                ? "is running"
                                : this == RESUME ? "is paused or has failed" : "is not done or cancelled yet"))
                .orElseGet(() -> unknown(id));
    }

    /** Says that there is no such job. */
    public static String unknown(long id) {
        return "there is no backfill " + id + "; 'backfill list' shows those that there are";
    }
}
