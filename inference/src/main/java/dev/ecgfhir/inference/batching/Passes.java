package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.Scores;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches, and sees to it that a failure reaches exactly those that it belongs to.
 *
 * <p>A batch that does not fit into the device's memory is halved. A batch whose device is lost is run on the next model, if there is
 * one. A batch that fails otherwise is run again one by one, so that an input that cannot be scored does not take its neighbours with
 * it. Safe to share between threads.
 */
final class Passes {
    private static final Logger LOG = LoggerFactory.getLogger(Passes.class);

    private final BiFunction<Runner, EngineException, Optional<Runner>> next;
    private final Pace pace;
    private final BatchListener listener;

    /**
     * Makes it.
     *
     * @param next finds the model to go on with when the device of another is lost
     * @param pace is told how fast it goes
     * @param listener is told of passes
     */
    Passes(BiFunction<Runner, EngineException, Optional<Runner>> next, Pace pace, BatchListener listener) {
        this.next = next;
        this.pace = pace;
        this.listener = listener;
    }

    /** Has every place of a batch answered or failed. */
    void run(List<Place> batch, Runner runner) {
        try {
            List<Scores> scores = score(batch, runner);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer(scores.get(i));
            }
        } catch (EngineException e) {
            if (e.reason() == Reason.OUT_OF_DEVICE_MEMORY && batch.size() > 1) {
                halve(batch, runner);
            } else if (e.reason() == Reason.DEVICE_LOST || e.reason() == Reason.OUT_OF_DEVICE_MEMORY) {
                goOn(batch, runner, e);
            } else {
                oneByOne(batch, runner, e);
            }
        } catch (RuntimeException e) {
            oneByOne(batch, runner, e);
        } catch (Error e) {
            // A thread that died of it would leave its callers waiting for ever.
            LOG.error("a forward pass of {} inputs failed", batch.size(), e);
            batch.forEach(place -> place.fail(e));
        }
    }

    private List<Scores> score(List<Place> batch, Runner runner) {
        listener.pass(batch.size());
        long begun = System.nanoTime();
        List<Scores> scores =
                runner.model().score(batch.stream().map(Place::input).toList());
        if (scores.size() != batch.size()) {
            throw new IllegalStateException(
                    runner.model().engine() + " gave " + scores.size() + " answers to " + batch.size() + " inputs");
        }
        pace.note(batch.size(), System.nanoTime() - begun);
        runner.size().went(batch.size());
        return scores;
    }

    private void halve(List<Place> batch, Runner runner) {
        int records = runner.size().tooMuch(batch.size());
        LOG.warn(
                "{} has no memory for a pass of {} inputs; at most {} from now on",
                runner.model().engine(),
                batch.size(),
                records);
        listener.outOfMemory(records);
        int half = batch.size() / 2;
        run(batch.subList(0, half), runner);
        run(batch.subList(half, batch.size()), runner);
    }

    private void goOn(List<Place> batch, Runner runner, EngineException lost) {
        Optional<Runner> other = next.apply(runner, lost);
        if (other.isPresent()) {
            for (Place place : batch) {
                run(List.of(place), other.get());
            }
        } else {
            batch.forEach(place -> place.fail(lost));
        }
    }

    private void oneByOne(List<Place> batch, Runner runner, RuntimeException failure) {
        if (batch.size() == 1) {
            batch.get(0).fail(failure);
            return;
        }
        LOG.warn("a pass of {} inputs failed ({}); each is tried alone", batch.size(), failure.getMessage());
        for (Place place : batch) {
            run(List.of(place), runner);
        }
    }
}
