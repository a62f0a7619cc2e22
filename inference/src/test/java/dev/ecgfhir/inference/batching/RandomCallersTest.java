package dev.ecgfhir.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.inference.BusyException;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.Fixtures;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Turn;
import dev.ecgfhir.inference.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever calls, however urgent, impatient or poisonous: each caller gets its own scores, or its own failure, and nobody else's. */
@Timeout(120)
class RandomCallersTest {
    private static final int CALLERS = 16;
    private static final int CALLS = 40;
    private static final int INPUTS = 40;

    /** An input of this number cannot be scored. */
    private static final int POISON = 7;

    private static final EcgModel TRUE_MODEL = EcgModels.load(
                    Fixtures.path("model/variants/micro-1-lead.pth"), new InferenceConfig("pytorch", "cpu", 1))
            .model();

    private static final List<ModelInput> POOL = pool();
    private static final List<float[]> ALONE = POOL.stream()
            .map(input -> TRUE_MODEL.score(List.of(input)).get(0).logits())
            .toList();

    @AfterAll
    static void close() {
        TRUE_MODEL.close();
    }

    private static List<ModelInput> pool() {
        List<ModelInput> pool = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            float[] lead = new float[i % 3 == 0 ? 150 : 200];
            for (int t = 0; t < lead.length; t++) {
                lead[t] = (float) Math.sin(t * 0.03 * (i + 1));
            }
            pool.add(ModelInput.of(new float[][] {lead}));
        }
        return pool;
    }

    /** The true model on a device of little memory, which fails now and then and always at the poisonous input. */
    private static final class Troubled implements EcgModel {
        private final Random random;
        private final Set<ModelInput> poison = new HashSet<>(List.of(POOL.get(POISON)));

        Troubled(long seed) {
            random = new Random(seed);
        }

        private synchronized boolean oneOf(int many) {
            return random.nextInt(many) == 0;
        }

        @Override
        public ModelDescription description() {
            return TRUE_MODEL.description();
        }

        @Override
        public String engine() {
            return "troubled";
        }

        @Override
        public List<Scores> score(List<ModelInput> inputs) {
            if (inputs.stream().anyMatch(poison::contains)) {
                throw new EngineException(Reason.RESULT_NOT_FINITE, "poisoned");
            }
            if (inputs.size() > 1 && oneOf(6)) {
                throw new EngineException(Reason.OUT_OF_DEVICE_MEMORY, "no memory");
            }
            if (inputs.size() > 1 && oneOf(6)) {
                throw new IllegalStateException("a bug that shows in large passes");
            }
            return TRUE_MODEL.score(inputs);
        }

        @Override
        public void close() {
            // the true model is shared
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void each_caller_gets_its_own_scores(long seed) throws Exception {
        BatchingModel model = BatchingModel.start(
                new Troubled(seed),
                new BatchingConfig(Optional.of(8), Duration.ofMillis(1), 16),
                Optional.empty(),
                BatchListener.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        List<Future<int[]>> callers = new ArrayList<>();
        for (int c = 0; c < CALLERS; c++) {
            Random random = new Random(seed * 1000 + c);
            Callable<int[]> caller = () -> callMany(model, random);
            callers.add(threads.submit(caller));
        }
        int scored = 0;
        int poisoned = 0;
        int busy = 0;
        for (Future<int[]> caller : callers) {
            int[] counts = caller.get();
            scored += counts[0];
            poisoned += counts[1];
            busy += counts[2];
        }
        threads.shutdown();

        assertThat(scored + poisoned + busy).isEqualTo(CALLERS * CALLS);
        assertThat(scored).as("scored, seed %d", seed).isPositive();
        assertThat(poisoned).as("poisoned, seed %d", seed).isPositive();
        assertThat(model.status().live()).as("live ones left in the queue").isZero();
        assertThat(model.status().backlog()).as("backlog left in the queue").isZero();
        model.close();
    }

    /** Returns how many calls were answered, failed by the caller's own poison, and were not served. */
    private static int[] callMany(BatchingModel model, Random random) {
        int[] counts = new int[3];
        for (int i = 0; i < CALLS; i++) {
            int[] numbers = numbers(random);
            List<ModelInput> inputs = Arrays.stream(numbers).mapToObj(POOL::get).toList();
            boolean poisoned = Arrays.stream(numbers).anyMatch(number -> number == POISON);
            Turn turn = new Turn(
                    random.nextBoolean() ? Urgency.LIVE : Urgency.BACKLOG,
                    random.nextInt(4) > 0,
                    random.nextInt(4) > 0 ? Optional.empty() : Optional.of(Duration.ofMillis(random.nextInt(20))));
            boolean mayBeRefused = !turn.waitsForPlace() || turn.patience().isPresent();
            boolean interrupted = random.nextInt(20) == 0;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            try {
                List<Scores> scores = model.score(inputs, turn);
                assertThat(poisoned).as("scores in spite of poison").isFalse();
                for (int n = 0; n < numbers.length; n++) {
                    assertThat(scores.get(n).logits()).containsExactly(ALONE.get(numbers[n]), within(5e-5f));
                }
                counts[0]++;
            } catch (EngineException e) {
                assertThat(e).hasMessage("poisoned");
                assertThat(poisoned).as("a neighbour's poison").isTrue();
                counts[1]++;
            } catch (BusyException e) {
                assertThat(mayBeRefused || interrupted).as("%s", e).isTrue();
                counts[2]++;
            } finally {
                assertThat(Thread.interrupted() && !interrupted).isFalse();
            }
        }
        return counts;
    }

    /** One to three inputs of one length. */
    private static int[] numbers(Random random) {
        int first = random.nextInt(INPUTS);
        return random.ints(1 + random.nextInt(3), 0, INPUTS)
                .map(number -> POOL.get(number).samples() == POOL.get(first).samples() ? number : first)
                .toArray();
    }
}
