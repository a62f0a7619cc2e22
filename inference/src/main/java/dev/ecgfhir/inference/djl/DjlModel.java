package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.ModelInputs;
import dev.ecgfhir.inference.PassPreference;
import dev.ecgfhir.inference.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The network with its weights in PyTorch's memory.
 *
 * <p>Safe for concurrent callers: each call has a manager of its own, which frees all that the call made. Long lists are run in
 * portions, so that memory stays bounded.
 */
final class DjlModel implements EcgModel {
    private static final int PORTION_ON_CPU = 32;
    private static final int PORTION_ON_GPU = 256;

    /** Best on a GPU by experience with networks of this size; not measured. */
    private static final int BATCH_ON_GPU = 32;

    /** Of 1, 8 and 32 the fastest on a CPU for each record, by a few per cent. */
    private static final int BATCH_ON_CPU = 8;

    /** The first passes choose kernels. */
    private static final int WARM_UP = 3;

    private final ModelDescription description;
    private final NDManager weights;
    private final ForwardPass pass;
    private final String engine;
    private final int threads;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * Makes the model.
     *
     * @param description what it tells of itself
     * @param weights owns the arrays that {@code pass} needs; closed with this
     * @param pass runs the network; closed with this
     * @param engine names engine and device
     * @param threads of one forward pass
     */
    DjlModel(ModelDescription description, NDManager weights, ForwardPass pass, String engine, int threads) {
        this.description = description;
        this.weights = weights;
        this.pass = pass;
        this.engine = engine;
        this.threads = threads;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public List<Scores> score(List<ModelInput> inputs) {
        ModelInputs.check(inputs, description.leads());
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            JniUtils.setNumThreads(threads); // PyTorch keeps the OpenMP part of it for each calling thread
            List<Scores> scores = new ArrayList<>(inputs.size());
            int portion = weights.getDevice().isGpu() ? PORTION_ON_GPU : PORTION_ON_CPU;
            for (int from = 0; from < inputs.size(); from += portion) {
                scores.addAll(forward(inputs, from, Math.min(inputs.size(), from + portion)));
            }
            return scores;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** On a GPU two large passes at once, so that one is copied while the other is computed. */
    @Override
    public PassPreference preference() {
        return weights.getDevice().isGpu()
                ? new PassPreference(BATCH_ON_GPU, 2, true, WARM_UP)
                : PassPreference.onCpu(threads, BATCH_ON_CPU, WARM_UP);
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                pass.close();
                weights.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Returns how many native arrays the model holds, those of calls in progress included. */
    int nativeArrays() {
        return weights.getManagedArrays().size();
    }

    private List<Scores> forward(List<ModelInput> all, int from, int to) {
        List<ModelInput> inputs = all.subList(from, to);
        int size = inputs.get(0).leads() * inputs.get(0).samples();
        float[] values = new float[Math.multiplyExact(size, inputs.size())];
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).copyTo(values, i * size);
        }
        float[] logits;
        float[] features;
        try (NDManager manager = weights.newSubManager()) {
            NDArray x = manager.create(
                    values,
                    new Shape(inputs.size(), description.leads(), inputs.get(0).samples()));
            NDList outputs = pass.run(x);
            logits = outputs.get(0).toFloatArray();
            features = outputs.get(1).toFloatArray();
        } catch (ai.djl.engine.EngineException e) {
            throw new EngineException(
                    DeviceFailure.reason(String.valueOf(e.getMessage())),
                    engine + " failed on a batch of " + inputs.size() + " x " + description.leads() + " x "
                            + inputs.get(0).samples() + " (" + FasterPass.firstLine(e) + ")",
                    e);
        }
        if (firstNotFinite(logits) >= 0) {
            throw new EngineException(
                    Reason.RESULT_NOT_FINITE, engine + " gave logit " + firstNotFinite(logits) + " that is not finite");
        }
        return split(inputs.size(), logits, features);
    }

    private static List<Scores> split(int batch, float[] logits, float[] features) {
        int labels = logits.length / batch;
        int width = features.length / batch;
        List<Scores> scores = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            scores.add(Scores.of(
                    Arrays.copyOfRange(logits, i * labels, (i + 1) * labels),
                    Arrays.copyOfRange(features, i * width, (i + 1) * width)));
        }
        return scores;
    }

    private static int firstNotFinite(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }
}
