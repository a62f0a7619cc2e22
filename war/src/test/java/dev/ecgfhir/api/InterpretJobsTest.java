package dev.ecgfhir.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpretJobsTest {
    @TempDir
    Path directory;

    private final MovedClock clock = new MovedClock();
    private InterpretJobs jobs;

    private InterpretJobs jobs() {
        if (jobs == null) {
            jobs = new InterpretJobs(directory, clock);
        }
        return jobs;
    }

    @AfterEach
    void close() {
        jobs().close();
    }

    private static final class MovedClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static void finish(InterpretJob job) {
        Awaitility.await().until(() -> job.ended().isPresent());
    }

    private static String reason(Runnable call) {
        BaseServerResponseException thrown = catchThrowableOfType(BaseServerResponseException.class, call::run);
        return ((OperationOutcome) thrown.getOperationOutcome())
                .getIssueFirstRep()
                .getDetails()
                .getCodingFirstRep()
                .getCode();
    }

    @Test
    void keeps_the_results_of_a_job_for_an_hour_and_no_longer() throws Exception {
        InterpretJob job = jobs().start(List.of(() -> "1", () -> "2"));
        finish(job);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        job.copy(out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[1,2]}");

        clock.now = clock.now.plus(Duration.ofHours(1));
        assertThat(jobs().find(job.id())).isSameAs(job);
        clock.now = clock.now.plusSeconds(1);

        assertThat(reason(() -> jobs().find(job.id()))).isEqualTo("NO_SUCH_JOB");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void takes_no_more_jobs_than_it_can_keep_and_no_longer_ones_than_it_says() {
        CountDownLatch held = new CountDownLatch(1);
        Supplier<String> waits = () -> {
            try {
                held.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "1";
        };
        for (int i = 0; i < InterpretJobs.MOST_JOBS; i++) {
            jobs().start(List.of(waits));
        }

        assertThat(reason(() -> jobs().start(List.of(waits)))).isEqualTo("TOO_MANY_JOBS");
        assertThat(reason(() -> jobs().start(Collections.nCopies(InterpretJobs.MOST_ECGS + 1, waits))))
                .isEqualTo("TOO_MANY_ECGS");
        held.countDown();
    }

    @Test
    void ends_a_cancelled_job_after_the_ecg_that_it_is_at() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        InterpretJob job = jobs().start(List.of(
                () -> {
                    begun.countDown();
                    await(held);
                    return "1";
                },
                () -> {
                    throw new IllegalStateException("the second ECG is never begun");
                }));
        await(begun);

        jobs().cancel(job.id());
        held.countDown();
        finish(job);

        assertThat(job.done()).isEqualTo(1);
        assertThat(job.failed()).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void says_that_a_job_of_an_earlier_run_is_lost_and_removes_what_it_left() throws Exception {
        InterpretJob job = jobs().start(List.of(() -> "1"));
        finish(job);
        Path left = Files.list(directory).findFirst().orElseThrow();
        jobs().close();
        Files.writeString(left, "1");

        jobs = new InterpretJobs(directory, clock);

        assertThat(reason(() -> jobs().find(job.id()))).isEqualTo("JOB_LOST");
        assertThat(directory).isEmptyDirectory();
    }
}
