package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.PassPreference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A started model with the size and number of its passes; another one takes its place when its device is lost. */
final class Runner implements WaitingLine.Worker {
    private final EcgModel model;
    private final BatchSize size;
    private final int passes;
    private final int warmUp;
    private final long windowNanos;
    private final CountDownLatch cold;
    private volatile boolean retired;

    Runner(EcgModel model, BatchingConfig config) {
        this.model = model;
        PassPreference preference = model.preference();
        this.size = new BatchSize(config.batchSize().orElse(preference.records()));
        this.passes = preference.passes();
        this.warmUp = preference.warmUp();
        // Whoever asks for a size wants such batches; an engine that does not gain from them is not made to wait.
        boolean waits = preference.gains() || config.batchSize().orElse(1) > 1;
        this.windowNanos = waits ? config.window().toNanos() : 0;
        this.cold = new CountDownLatch(passes);
    }

    EcgModel model() {
        return model;
    }

    BatchSize size() {
        return size;
    }

    @Override
    public boolean wanted() {
        return !retired;
    }

    @Override
    public int records() {
        return size.now();
    }

    @Override
    public int passes() {
        return passes;
    }

    @Override
    public long windowNanos() {
        return windowNanos;
    }

    void retire() {
        retired = true;
    }

    /** Returns the passes that one thread runs to warm up: some of one input, the last one as large as any will be. */
    List<List<ModelInput>> warmUps(int samples) {
        float[][] window = new float[model.description().leads()][samples];
        for (int lead = 0; lead < window.length; lead++) {
            for (int t = 0; t < samples; t++) {
                window[lead][t] = (float) Math.sin(0.013 * t + lead);
            }
        }
        ModelInput input = ModelInput.of(window);
        List<List<ModelInput>> all = new ArrayList<>();
        for (int i = 0; i < warmUp; i++) {
            all.add(List.of(input));
        }
        if (size.now() > 1 && warmUp > 0) {
            all.add(java.util.Collections.nCopies(size.now(), input));
        }
        return all;
    }

    /** Notes that one of its threads is warm. */
    void warm() {
        cold.countDown();
    }

    boolean isWarm() {
        return cold.getCount() == 0;
    }

    boolean awaitWarm(Duration longest) throws InterruptedException {
        return cold.await(longest.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
    }
}
