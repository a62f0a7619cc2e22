package dev.ecgfhir.inference.vector;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.ModelInputs;
import dev.ecgfhir.inference.PassPreference;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The network with its weights packed on the heap. Safe for concurrent callers; memory is bounded, because at most as many records as
 * the machine has processors, or as threads were asked for, are in work at a time.
 */
final class VectorModel implements EcgModel {
    /** Until then the JVM compiles; afterwards the time of a pass stays the same. */
    private static final int WARM_UP = 20;

    /** Windows that one thread runs together: weights are read once for them. */
    private static final int LARGEST_GROUP = 4;

    private static final int LARGEST_PASS = 256;

    private final ModelDescription description;
    private final VectorForward forward;
    private final String engine;
    private final int threads;
    private final Workers workers;
    private final SharedTeam team;
    private final WorkspacePool spaces;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    VectorModel(ModelDescription description, VectorForward forward, int threads) {
        this.description = description;
        this.forward = forward;
        this.engine = "Java vectors of " + Lanes.SPECIES.vectorBitSize() + " bits on cpu"
                + (description.precision() == Precision.FLOAT32
                        ? ""
                        : ", " + description.precision().text());
        this.threads = threads;
        this.workers = new Workers(threads);
        this.team = new SharedTeam(threads);
        this.spaces = new WorkspacePool(Math.max(threads, Runtime.getRuntime().availableProcessors()));
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
            Scores[] scores = inputs.size() == 1 ? together(inputs) : parted(inputs);
            List<Scores> answer = Arrays.asList(scores);
            answer.forEach(this::requireFinite);
            return answer;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public PassPreference preference() {
        return PassPreference.onCpu(threads, Math.min(LARGEST_PASS, threads * LARGEST_GROUP), WARM_UP);
    }

    /** All threads on one window. */
    private Scores[] together(List<ModelInput> inputs) {
        Team borrowed = team.borrow();
        try {
            return spaces.with(space -> forward.run(inputs, space, borrowed));
        } finally {
            team.giveBack(borrowed);
        }
    }

    /** Each thread on windows of its own. */
    private Scores[] parted(List<ModelInput> inputs) {
        Scores[] scores = new Scores[inputs.size()];
        int size = Math.min(LARGEST_GROUP, (inputs.size() + threads - 1) / threads);
        workers.forEach((inputs.size() + size - 1) / size, i -> {
            List<ModelInput> group = inputs.subList(i * size, Math.min(inputs.size(), (i + 1) * size));
            Scores[] found = spaces.with(space -> forward.run(group, space, Team.ALONE));
            System.arraycopy(found, 0, scores, i * size, found.length);
        });
        return scores;
    }

    private void requireFinite(Scores scores) {
        float[] logits = scores.logits();
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new EngineException(
                        Reason.RESULT_NOT_FINITE, engine + " gave logit " + i + " that is not finite");
            }
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            workers.close();
            team.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
