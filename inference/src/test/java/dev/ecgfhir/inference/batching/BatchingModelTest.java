package dev.ecgfhir.inference.batching;

import static dev.ecgfhir.inference.batching.GatedModel.input;
import static dev.ecgfhir.inference.batching.GatedModel.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ecgfhir.inference.BusyException;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.PassPreference;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Turn;
import dev.ecgfhir.inference.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchingModelTest {
    private static final Duration HOURS = Duration.ofHours(2);
    private static final Turn LIVE = Turn.ofWorker(Urgency.LIVE);
    private static final Turn BACKLOG = Turn.ofWorker(Urgency.BACKLOG);

    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    private static PassPreference passes(int records, int passes) {
        return new PassPreference(records, passes, false, 0);
    }

    private static BatchingModel start(GatedModel model, BatchingConfig config) {
        return BatchingModel.start(model, config, Optional.empty(), BatchListener.NONE);
    }

    private static BatchingConfig places(int places) {
        return new BatchingConfig(Optional.empty(), Duration.ZERO, places);
    }

    private Future<Float> call(BatchingModel model, int number, Turn turn) {
        Callable<Float> call =
                () -> model.score(List.of(input(number)), turn).get(0).logits()[0];
        return callers.submit(call);
    }

    /** Starts callers one after the other, each when the one before waits in the queue. */
    private List<Future<Float>> waiting(BatchingModel model, Turn turn, int... numbers) {
        List<Future<Float>> calls = new ArrayList<>();
        for (int number : numbers) {
            int before = count(model, turn.urgency());
            calls.add(call(model, number, turn));
            until(() -> count(model, turn.urgency()) == before + 1);
        }
        return calls;
    }

    private static int count(BatchingModel model, Urgency urgency) {
        QueueStatus status = model.status();
        return urgency == Urgency.LIVE ? status.live() : status.backlog();
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(200_000);
        }
    }

    /** Keeps the only pass busy with input 0, so that what comes after it has to wait. */
    private Future<Float> busy(BatchingModel model, GatedModel gated) {
        Future<Float> first = call(model, 0, LIVE);
        until(() -> gated.passes().size() == 1);
        return first;
    }

    @Test
    void those_who_wait_are_scored_in_one_pass_each_with_its_own_scores() throws Exception {
        GatedModel gated = GatedModel.shut(passes(8, 1));
        BatchingModel model = start(gated, places(100));
        busy(model, gated);
        List<Future<Float>> calls = waiting(model, LIVE, 1, 2, 3);

        gated.openGate();

        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).get()).isEqualTo(i + 1f);
        }
        assertThat(gated.passes()).containsExactly(List.of(0f), List.of(1f, 2f, 3f));
        model.close();
    }

    @Test
    void few_callers_are_shared_out_among_the_passes_that_can_run_at_once() {
        GatedModel gated = GatedModel.shut(passes(8, 2));
        BatchingModel model = start(gated, places(100));
        call(model, 1, LIVE);
        until(() -> gated.passes().size() == 1);
        call(model, 2, LIVE);
        until(() -> gated.passes().size() == 2);
        waiting(model, LIVE, 3, 4, 5, 6);

        gated.letPass(1);
        until(() -> gated.passes().size() == 3);

        assertThat(gated.passes().get(2)).containsExactly(3f, 4f);
        gated.openGate();
        model.close();
    }

    @Test
    void a_pass_takes_no_more_than_the_configured_size_whatever_the_engine_prefers() {
        GatedModel gated = GatedModel.shut(passes(8, 1));
        BatchingModel model = start(gated, new BatchingConfig(Optional.of(2), Duration.ZERO, 100));
        busy(model, gated);
        waiting(model, LIVE, 1, 2, 3, 4, 5);

        gated.openGate();
        model.close();

        assertThat(gated.passes()).containsExactly(List.of(0f), List.of(1f, 2f), List.of(3f, 4f), List.of(5f));
    }

    @Test
    void an_engine_that_gains_from_full_passes_waits_for_others_until_the_pass_is_full() {
        GatedModel gated = GatedModel.open(new PassPreference(3, 1, true, 0), inputs -> {});
        BatchingModel model = start(gated, new BatchingConfig(Optional.empty(), HOURS, 100));
        waiting(model, LIVE, 1, 2);

        assertThat(gated.passes()).isEmpty();
        call(model, 3, LIVE);
        until(() -> gated.passes().size() == 1);

        assertThat(gated.passes().get(0)).containsExactly(1f, 2f, 3f);
        model.close();
    }

    @Test
    void nobody_waits_for_others_longer_than_the_window() throws Exception {
        GatedModel gated = GatedModel.open(new PassPreference(3, 1, true, 0), inputs -> {});
        BatchingModel model = start(gated, new BatchingConfig(Optional.empty(), Duration.ofMillis(1), 100));

        assertThat(call(model, 1, LIVE).get()).isEqualTo(1f);
        model.close();
    }

    @Test
    void inputs_of_different_lengths_are_not_put_into_one_pass() throws Exception {
        GatedModel gated = GatedModel.shut(passes(8, 1));
        BatchingModel model = start(gated, places(100));
        busy(model, gated);
        Future<List<Scores>> longer = callers.submit(() -> model.score(List.of(input(7, 20))));
        until(() -> model.status().live() == 1);
        waiting(model, LIVE, 1);
        Future<List<Scores>> long2 = callers.submit(() -> model.score(List.of(input(8, 20))));
        until(() -> model.status().live() == 3);

        gated.openGate();

        assertThat(longer.get().get(0).logits()).containsExactly(7f);
        assertThat(long2.get().get(0).logits()).containsExactly(8f);
        model.close();
        assertThat(gated.passes()).containsExactly(List.of(0f), List.of(7f, 8f), List.of(1f));
    }

    @Test
    void live_ones_go_first_and_the_backlog_still_gets_every_fifth_place() {
        GatedModel gated = GatedModel.shut(passes(1, 1));
        BatchingModel model = start(gated, places(100));
        busy(model, gated);
        waiting(model, BACKLOG, 101, 102);
        waiting(model, LIVE, 1, 2, 3, 4, 5, 6);

        gated.openGate();
        model.close();

        assertThat(gated.passes().stream().flatMap(List::stream))
                .containsExactly(0f, 1f, 2f, 3f, 4f, 101f, 5f, 6f, 102f);
    }

    @Test
    void a_request_that_finds_the_queue_full_is_refused_at_once_with_a_time_to_try_again() {
        GatedModel gated = GatedModel.shut(passes(1, 1));
        BatchingModel model = start(gated, places(4)); // three for live ones
        busy(model, gated);
        waiting(model, LIVE, 1, 2, 3);

        Throwable refused = catchThrowable(() -> model.score(List.of(input(4)), Turn.ofRequest(HOURS)));

        assertThat(refused)
                .isInstanceOf(BusyException.class)
                .hasMessageStartingWith("the queue of live ECGs is full; 3 windows wait; try again in 1 s");
        assertThat(((BusyException) refused).reason()).isEqualTo(BusyException.Reason.QUEUE_FULL);
        assertThat(((BusyException) refused).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        gated.openGate();
        model.close();
    }

    @Test
    void a_full_backlog_leaves_live_ones_their_places_and_its_own_callers_wait() throws Exception {
        GatedModel gated = GatedModel.shut(passes(1, 1));
        BatchingModel model = start(gated, places(4)); // one for the backlog
        busy(model, gated);
        waiting(model, BACKLOG, 101);
        Future<Float> held = call(model, 102, BACKLOG);
        waiting(model, LIVE, 1);

        assertThat(model.status().backlog()).isEqualTo(1);
        assertThatThrownBy(() -> model.score(List.of(input(103)), new Turn(Urgency.BACKLOG, false, Optional.empty())))
                .hasMessageStartingWith("the queue of the backlog is full; 2 windows wait");
        gated.openGate();

        assertThat(held.get()).isEqualTo(102f);
        model.close();
    }

    @Test
    void a_caller_whose_patience_ends_gives_its_place_back() {
        GatedModel gated = GatedModel.shut(passes(1, 1));
        BatchingModel model = start(gated, places(4));
        busy(model, gated);

        assertThatThrownBy(() -> model.score(List.of(input(1)), Turn.ofRequest(Duration.ofMillis(1))))
                .isInstanceOfSatisfying(
                        BusyException.class, e -> assertThat(e.reason()).isEqualTo(BusyException.Reason.NOT_IN_TIME));

        assertThat(model.status().live()).isZero();
        gated.openGate();
        model.close();
        assertThat(gated.passes()).containsExactly(List.of(0f));
    }

    @Test
    void a_caller_that_is_interrupted_gives_its_place_back() throws Exception {
        GatedModel gated = GatedModel.shut(passes(1, 1));
        BatchingModel model = start(gated, places(4));
        busy(model, gated);
        List<Throwable> thrown = new ArrayList<>();
        Thread caller = new Thread(() -> {
            thrown.add(catchThrowable(() -> model.score(List.of(input(1), input(2)), LIVE)));
            thrown.add(Thread.currentThread().isInterrupted() ? new InterruptedException() : null);
        });
        caller.start();
        until(() -> model.status().live() == 2);

        caller.interrupt();
        caller.join();

        assertThat(model.status().live()).isZero();
        assertThat(thrown.get(0))
                .isInstanceOfSatisfying(
                        BusyException.class, e -> assertThat(e.reason()).isEqualTo(BusyException.Reason.INTERRUPTED));
        assertThat(thrown.get(1)).as("the thread stays interrupted").isInstanceOf(InterruptedException.class);
        gated.openGate();
        model.close();
    }

    @Test
    void a_call_of_more_inputs_than_there_are_places_is_answered_in_order() {
        GatedModel gated = GatedModel.open(passes(2, 1), inputs -> {});
        BatchingModel model = start(gated, places(4));
        List<ModelInput> inputs =
                IntStream.range(0, 50).mapToObj(GatedModel::input).toList();

        List<Scores> scores = model.score(inputs, Turn.ofRequest(HOURS));

        assertThat(scores)
                .extracting(one -> one.logits()[0])
                .isEqualTo(inputs.stream().map(GatedModel::number).toList());
        model.close();
    }

    @Test
    void an_input_that_does_not_fit_is_refused_to_its_caller_before_it_joins_a_pass() {
        BatchingModel model = start(GatedModel.open(passes(8, 1), inputs -> {}), places(4));

        assertThatThrownBy(() -> model.score(List.of(ModelInput.of(new float[2][10]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 0 has 2 leads, the model takes 1");
        assertThatThrownBy(() -> model.score(List.of(ModelInput.of(new float[][] {{Float.NaN}}))))
                .hasMessage("input 0 is not finite at lead 0, sample 0");
        model.close();
    }

    @Test
    void an_input_that_breaks_its_pass_fails_alone() throws Exception {
        GatedModel gated = GatedModel.shut(passes(8, 1));
        GatedModel breaking = GatedModel.open(passes(8, 1), inputs -> {
            if (inputs.size() == 1 && number(inputs.get(0)) == 0) {
                gated.score(inputs); // holds the first pass until the others wait
            }
            if (inputs.stream().anyMatch(input -> number(input) == 2)) {
                throw new EngineException(EngineException.Reason.RESULT_NOT_FINITE, "not finite");
            }
        });
        BatchingModel model = start(breaking, places(100));
        busy(model, breaking);
        List<Future<Float>> calls = waiting(model, LIVE, 1, 2, 3);

        gated.openGate();

        assertThat(calls.get(0).get()).isEqualTo(1f);
        assertThatThrownBy(() -> calls.get(1).get()).hasRootCauseMessage("not finite");
        assertThat(calls.get(2).get()).isEqualTo(3f);
        assertThat(breaking.passes())
                .containsExactly(List.of(0f), List.of(1f, 2f, 3f), List.of(1f), List.of(2f), List.of(3f));
        model.close();
    }

    @Test
    void an_error_of_the_engine_reaches_its_caller_and_the_next_one_is_served() {
        GatedModel gated = GatedModel.open(passes(1, 1), inputs -> {
            if (number(inputs.get(0)) == 1) {
                throw new StackOverflowError("too deep");
            }
        });
        BatchingModel model = start(gated, places(4));

        assertThatThrownBy(() -> model.score(List.of(input(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(model.score(List.of(input(2))).get(0).logits()).containsExactly(2f);
        model.close();
    }

    @Test
    void closing_finishes_what_waits_and_refuses_what_comes_later() throws Exception {
        GatedModel gated = GatedModel.shut(passes(1, 1));
        BatchingModel model = start(gated, places(100));
        Future<Float> first = busy(model, gated);
        List<Future<Float>> calls = waiting(model, LIVE, 1, 2);
        Future<?> closing = callers.submit(model::close);
        until(() -> catchThrowable(() -> model.score(List.of(input(9)), Turn.ofRequest(Duration.ZERO)))
                instanceof IllegalStateException);

        assertThat(gated.closed()).isFalse();
        gated.openGate();
        closing.get();

        assertThat(first.get()).isEqualTo(0f);
        assertThat(calls.get(0).get()).isEqualTo(1f);
        assertThat(calls.get(1).get()).isEqualTo(2f);
        assertThat(gated.closed()).isTrue();
        assertThatThrownBy(() -> model.score(List.of(input(9)))).hasMessage("the model is closed");
    }

    @Test
    void is_warm_only_after_the_passes_that_the_engine_asks_for_on_each_thread_and_one_of_full_size() throws Exception {
        GatedModel gated = GatedModel.shut(new PassPreference(4, 2, false, 3));
        BatchingModel model = start(gated, places(100));
        Future<Float> early = call(model, 5, LIVE);
        gated.letPass(7);
        until(() -> gated.passes().size() >= 8); // the ninth may have begun too

        assertThat(model.status().warm()).isFalse();
        gated.openGate();

        assertThat(model.awaitWarm(HOURS)).isTrue();
        assertThat(model.status().warm()).isTrue();
        assertThat(early.get()).as("who came early is served too").isEqualTo(5f);
        model.close();
        assertThat(gated.passes().stream().map(List::size).sorted()).containsExactly(1, 1, 1, 1, 1, 1, 1, 4, 4);
    }

    @Test
    void a_listener_hears_of_passes_waits_and_refusals() {
        List<String> heard = new ArrayList<>();
        GatedModel gated = GatedModel.shut(passes(8, 1));
        BatchingModel model = BatchingModel.start(gated, places(4), Optional.empty(), new BatchListener() {
            @Override
            public synchronized void pass(int records) {
                heard.add("pass of " + records);
            }

            @Override
            public synchronized void taken(Urgency urgency, Duration waited) {
                heard.add(urgency + (waited.isNegative() ? " before" : ""));
            }

            @Override
            public synchronized void refused(Urgency urgency) {
                heard.add("refused " + urgency);
            }
        });
        busy(model, gated);
        waiting(model, LIVE, 1, 2, 3);
        catchThrowable(() -> model.score(List.of(input(4)), Turn.ofRequest(HOURS)));
        gated.openGate();
        model.close();

        assertThat(heard).containsExactly("LIVE", "pass of 1", "refused LIVE", "LIVE", "LIVE", "LIVE", "pass of 3");
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> new BatchingConfig(Optional.of(0), Duration.ZERO, 4))
                .hasMessage("batchSize must be in 1..256, was 0");
        assertThatThrownBy(() -> new BatchingConfig(Optional.empty(), Duration.ofMillis(-1), 4))
                .hasMessage("window must not be negative, was PT-0.001S");
        assertThatThrownBy(() -> new BatchingConfig(Optional.empty(), Duration.ZERO, 3))
                .hasMessage("queueSize must be in 4..100000, was 3");
    }
}
