package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.BusyException;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.ModelInputs;
import dev.ecgfhir.inference.PassPreference;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Turn;
import dev.ecgfhir.inference.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model with a queue in front of it: callers block until their inputs are scored, in the batches that suit the engine.
 *
 * <p>Safe for concurrent callers. Memory is bounded by the queue: who finds it full waits for a place or is refused, as its {@link Turn}
 * says. A caller that is interrupted or loses its patience gives its places back. If the device is lost, a model on the CPU takes over,
 * if one was given, and what was in work is scored by it.
 */
public final class BatchingModel implements EcgModel {
    private static final Logger LOG = LoggerFactory.getLogger(BatchingModel.class);

    /** Samples of a window as preprocessing makes it. */
    private static final int WINDOW = 5000;

    private final BatchingConfig config;
    private final Standby standby;
    private final BatchListener listener;
    private final WaitingLine line;
    private final Pace pace = new Pace();
    private final Passes passes;
    private final ModelDescription description;
    private volatile Runner current;
    private volatile @Nullable String alarm;
    private volatile boolean works = true;
    private int workers;

    private BatchingModel(
            EcgModel model, BatchingConfig config, Optional<Supplier<EcgModel>> onCpu, BatchListener listener) {
        this.config = config;
        this.listener = listener;
        this.line = new WaitingLine(config.queueSize());
        this.passes = new Passes(this::next, pace, listener);
        this.description = model.description();
        this.standby = new Standby(onCpu, description);
        this.current = new Runner(model, config);
        this.alarm = model.alarm().orElse(null);
    }

    /**
     * Puts a queue in front of a model and begins to warm it up.
     *
     * @param model the model; from now on closed with this one
     * @param config sizes and times
     * @param onCpu starts the same model on the CPU when the device is lost; empty: what comes after that fails
     * @param listener is told of passes
     * @return the model with its queue
     */
    public static BatchingModel start(
            EcgModel model, BatchingConfig config, Optional<Supplier<EcgModel>> onCpu, BatchListener listener) {
        BatchingModel batching = new BatchingModel(model, config, onCpu, listener);
        batching.startWorkers(batching.current);
        return batching;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public String engine() {
        return current.model().engine();
    }

    @Override
    public PassPreference preference() {
        return current.model().preference();
    }

    /** Returns how the queue stands. */
    public QueueStatus status() {
        Runner now = current;
        return new QueueStatus(
                now.isWarm(),
                line.waiting(Urgency.LIVE),
                line.waiting(Urgency.BACKLOG),
                config.queueSize(),
                now.records(),
                now.passes(),
                Optional.ofNullable(alarm),
                works);
    }

    /**
     * Waits until the first passes, which are slow, are done.
     *
     * @param longest longest wait
     * @return false if they are not done then
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitWarm(Duration longest) throws InterruptedException {
        return current.awaitWarm(longest);
    }

    @Override
    public List<Scores> score(List<ModelInput> inputs) {
        return score(inputs, Turn.ofWorker(Urgency.LIVE));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the model is closed
     * @throws EngineException if the network failed at one of these inputs
     */
    @Override
    public List<Scores> score(List<ModelInput> inputs, Turn turn) {
        ModelInputs.check(inputs, description.leads());
        Call call = new Call(turn.urgency(), inputs.size());
        long deadline =
                System.nanoTime() + turn.patience().map(Duration::toNanos).orElse(0L);
        try {
            for (int i = 0; i < inputs.size() && !call.over(); i++) {
                // Who does not wait for a place is refused at its first input, not half way.
                long longest = i == 0 && !turn.waitsForPlace() ? 0 : left(turn, deadline);
                enqueue(new Place(inputs.get(i), call, i), longest, i == 0);
            }
            if (turn.patience().isEmpty()) {
                call.await();
            } else if (!call.await(Math.max(0, deadline - System.nanoTime()))) {
                throw busy(BusyException.Reason.NOT_IN_TIME, turn.urgency());
            }
            return call.result();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(BusyException.Reason.INTERRUPTED, turn.urgency());
        } finally {
            call.fail(new IllegalStateException("nobody waits for this any more"));
            line.remove(call);
        }
    }

    private static long left(Turn turn, long deadline) {
        return turn.patience().isEmpty() ? -1 : Math.max(0, deadline - System.nanoTime());
    }

    private void enqueue(Place place, long longest, boolean first) throws InterruptedException {
        switch (line.offer(place, longest)) {
            case TAKEN -> {}
            case FULL -> {
                listener.refused(place.call().urgency());
                throw busy(
                        first && longest == 0 ? BusyException.Reason.QUEUE_FULL : BusyException.Reason.NOT_IN_TIME,
                        place.call().urgency());
            }
            case CLOSED -> throw new IllegalStateException("the model is closed");
        }
    }

    private BusyException busy(BusyException.Reason reason, Urgency urgency) {
        int waiting = line.waiting(Urgency.LIVE) + line.waiting(Urgency.BACKLOG);
        Duration retry = pace.until(waiting, current.passes());
        String why = switch (reason) {
            case QUEUE_FULL -> "the queue of " + (urgency == Urgency.LIVE ? "live ECGs" : "the backlog") + " is full";
            case NOT_IN_TIME -> "it was not scored in time";
            case INTERRUPTED -> "the caller was interrupted while it waited";
        };
        return new BusyException(
                reason, why + "; " + waiting + " windows wait; try again in " + retry.toSeconds() + " s", retry);
    }

    private void startWorkers(Runner runner) {
        for (int i = 0; i < runner.passes(); i++) {
            synchronized (this) {
                workers++;
            }
            Thread thread = new Thread(() -> work(runner), "ecgfhir-network-" + description.leads() + "-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void work(Runner runner) {
        try {
            warmUp(runner);
            for (List<Place> batch = line.take(runner); !batch.isEmpty(); batch = line.take(runner)) {
                long now = System.nanoTime();
                batch.forEach(place -> listener.taken(place.call().urgency(), Duration.ofNanos(now - place.since())));
                passes.run(batch, runner);
            }
        } finally {
            synchronized (this) {
                workers--;
                notifyAll();
            }
        }
    }

    /** Runs through the same code as everything else, so that a device that is too small or gone is found here. */
    private void warmUp(Runner runner) {
        for (List<ModelInput> inputs : runner.warmUps(WINDOW)) {
            Call call = new Call(Urgency.LIVE, inputs.size());
            List<Place> batch = new java.util.ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                batch.add(new Place(inputs.get(i), call, i));
            }
            passes.run(batch, runner);
            try {
                call.result();
            } catch (RuntimeException e) {
                LOG.warn("{} failed while it was warmed up: {}", runner.model().engine(), e.getMessage());
                break;
            }
        }
        runner.warm();
    }

    /** Finds the model to go on with after the device of {@code lost} was lost. */
    private synchronized Optional<Runner> next(Runner lost, EngineException cause) {
        if (lost != current) {
            return Optional.of(current); // another thread has seen it first
        }
        if (!works || (!standby.exists() && cause.reason() == EngineException.Reason.OUT_OF_DEVICE_MEMORY)) {
            return Optional.empty();
        }
        LOG.error("ALARM: {} is lost: {}", lost.model().engine(), cause.getMessage());
        listener.deviceLost();
        Standby.Relief relief = standby.relieve(lost.model(), cause);
        alarm = relief.alarm();
        if (relief.model().isEmpty()) {
            works = false;
            return Optional.empty();
        }
        Runner next = new Runner(relief.model().get(), config);
        LOG.error("ALARM: {}", alarm);
        current = next;
        lost.retire();
        line.wakeWorkers();
        startWorkers(next);
        Standby.free(lost.model());
        return Optional.of(next);
    }

    /** Lets nobody in any more, finishes what waits, and closes the model. */
    @Override
    public void close() {
        line.close();
        boolean interrupted = false;
        synchronized (this) {
            while (workers > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true; // the weights are in use until the workers end
                }
            }
        }
        current.model().close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
