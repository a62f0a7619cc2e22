package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;

/** Follows a backfill until it is not running any more. */
final class BackfillWatch {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Console console;
    private final BackfillJobs jobs;
    private final boolean json;

    /**
     * Makes it.
     *
     * @param json true to print the job's last state as JSON
     */
    BackfillWatch(Console console, BackfillJobs jobs, boolean json) {
        this.console = console;
        this.jobs = jobs;
        this.json = json;
    }

    /** Follows it, and returns the exit code. */
    int follow(JsonNode job) throws IOException, InterruptedException {
        BackfillProgress progress = new BackfillProgress(console, Console.onTerminal(), job, System::nanoTime);
        JsonNode now = job;
        while (isRunning(now)) {
            progress.show(now);
            Thread.sleep(INTERVAL.toMillis());
            now = jobs.one(now.get("id").asLong());
        }
        progress.end();
        return tell(now);
    }

    /** Tells where it stands, and returns the exit code. */
    int tell(JsonNode job) {
        if (json) {
            console.json(job);
        } else {
            console.line(BackfillText.line(job));
        }
        return switch (job.get("state").asText()) {
            case "FAILED" -> ExitCode.FAILED;
            case "DONE" -> job.get("bad").asLong() > 0 ? ExitCode.REFUSED : ExitCode.DONE;
            default -> ExitCode.DONE;
        };
    }

    static boolean isRunning(JsonNode job) {
        return job.get("state").asText().equals("RUNNING");
    }
}
