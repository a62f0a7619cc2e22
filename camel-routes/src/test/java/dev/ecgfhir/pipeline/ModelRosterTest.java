package dev.ecgfhir.pipeline;

import static dev.ecgfhir.pipeline.Recordings.recording;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.inference.Turn;
import dev.ecgfhir.inference.Urgency;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.Contradictions;
import dev.ecgfhir.terminology.Terminology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ModelRosterTest {
    private static final String NORMAL = "NORMAL ECG";
    private static final Set<Lead> TWELVE = Set.copyOf(Lead.twelve());

    private final ModelRoster roster = new ModelRoster(Terminology.labelMap());
    private final EcgInterpreter interpreter =
            new EcgInterpreter(roster, new Preprocessing(MainsFrequency.HERTZ_50), Contradictions.bundled());

    private static FakeModel model(int leads, String sha256, double score) {
        return FakeModel.of(leads, NORMAL).hashed(sha256).answering(score);
    }

    private Outcome read(Recordings recording, String model) {
        return interpreter.interpret(
                recording.build(), new ReadingRequest(Turn.ofWorker(Urgency.LIVE), Optional.of(model)));
    }

    private static Interpretation interpretation(Outcome outcome) {
        return ((Outcome.Interpreted) outcome).interpretation();
    }

    @Test
    void reads_with_the_model_that_is_named_or_whose_hash_is_given_and_else_with_that_of_the_leads() {
        roster.add("twelve-lead", model(12, "aa", 0.1).loaded());
        roster.add("fine-tuned", model(12, "bb", 0.9).loaded());

        assertThat(interpretation(read(recording(), "fine-tuned")).model().sha256())
                .isEqualTo("bb");
        assertThat(interpretation(read(recording(), "sha256:bb")).scores()[0]).isCloseTo(0.9, within(1e-6));
        assertThat(interpretation(read(recording(), "sha256:aa")).model().sha256())
                .isEqualTo("aa");
        assertThat(interpretation(interpreter.interpret(recording().build()))
                        .model()
                        .sha256())
                .isEqualTo("aa");
    }

    @Test
    void refuses_a_model_that_is_not_loaded_and_lists_those_that_are() {
        roster.add("twelve-lead", model(12, "aa", 0.1).loaded());

        assertThat(read(recording(), "sha256:cc"))
                .isEqualTo(new Outcome.Refused(
                        "NO_SUCH_MODEL", "no model of that name or hash is loaded; loaded: twelve-lead (sha256:aa)"));
    }

    @Test
    void refuses_a_recording_without_the_leads_of_the_named_model() {
        roster.add("twelve-lead", model(12, "aa", 0.1).loaded());
        roster.add("single-lead", model(1, "bb", 0.1).loaded());

        assertThat(read(recording().only(Lead.I), "twelve-lead"))
                .isEqualTo(new Outcome.Refused(
                        "NO_MODEL", "the recording has lead I; model 'twelve-lead' is a 12-lead model"));
    }

    @Test
    void a_reader_finishes_with_the_model_that_it_began_with_and_the_next_one_gets_the_new_one() throws Exception {
        FakeModel old = model(12, "aa", 0.1);
        roster.add("twelve-lead", old.loaded());
        ReadingModel reading = roster.enter(TWELVE, Optional.empty()).model().orElseThrow();
        ExecutorService operator = Executors.newSingleThreadExecutor();
        Future<?> exchange = operator.submit(
                () -> roster.replace("twelve-lead", model(12, "bb", 0.9).loaded()));
        while (!roster.entries().get(0).model().model().description().sha256().equals("bb")) {
            LockSupport.parkNanos(200_000);
        }

        assertThat(interpretation(interpreter.interpret(recording().build()))
                        .model()
                        .sha256())
                .isEqualTo("bb");
        assertThat(old.closed()).isFalse();
        assertThat(exchange.isDone()).isFalse();
        reading.leave();
        exchange.get();

        assertThat(old.closed()).isTrue();
        operator.shutdown();
    }

    @Test
    void every_result_is_of_the_model_whose_hash_it_names_however_often_models_are_exchanged() throws Exception {
        Map<String, Double> scores = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            scores.put("hash-" + i, 0.03 + 0.04 * i);
        }
        roster.add("twelve-lead", model(12, "hash-0", scores.get("hash-0")).loaded());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger read = new AtomicInteger();
        List<Future<List<Interpretation>>> readers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Callable<List<Interpretation>> reader = () -> {
                List<Interpretation> all = new ArrayList<>();
                while (!done.get()) {
                    all.add(interpretation(interpreter.interpret(recording().build())));
                    read.incrementAndGet();
                }
                return all;
            };
            readers.add(threads.submit(reader));
        }
        for (int i = 1; i < 20; i++) {
            int before = read.get();
            while (read.get() < before + 2) {
                LockSupport.parkNanos(200_000);
            }
            roster.replace(
                    "twelve-lead",
                    model(12, "hash-" + i, scores.get("hash-" + i)).loaded());
        }
        done.set(true);

        for (Future<List<Interpretation>> reader : readers) {
            for (Interpretation one : reader.get()) {
                assertThat(one.scores()[0])
                        .as(one.model().hash())
                        .isCloseTo(scores.get(one.model().sha256()), within(1e-6));
            }
        }
        threads.shutdown();
    }

    @Test
    void a_model_is_not_exchanged_for_one_that_takes_other_leads_or_has_unknown_labels() {
        roster.add("own", model(12, "aa", 0.1).loaded());
        FakeModel other = model(1, "bb", 0.1);
        FakeModel unknown = FakeModel.of(12, "NO SUCH LABEL").hashed("cc");

        assertThatThrownBy(() -> roster.replace("own", other.loaded()))
                .hasMessage("model 'own' takes the leads of a 12-lead model, the new one is a 1-lead model");
        assertThatThrownBy(() -> roster.replace("own", unknown.loaded())).hasMessageContaining("NO SUCH LABEL");
        assertThatThrownBy(() -> roster.replace("owm", model(12, "dd", 0.1).loaded()))
                .hasMessage("there is no model 'owm'; there are 'own'");

        assertThat(roster.entries()).extracting(ModelRoster.Entry::name).containsExactly("own");
        assertThat(roster.entries().get(0).model().model().description().sha256())
                .isEqualTo("aa");
    }

    @Test
    void a_name_is_given_once_and_the_default_names_fit_their_leads() {
        roster.add("twelve-lead", model(12, "aa", 0.1).loaded());

        assertThatThrownBy(() -> roster.add("twelve-lead", model(12, "bb", 0.1).loaded()))
                .hasMessage("there is a model 'twelve-lead' already");
        assertThatThrownBy(() -> roster.add("single-lead", model(12, "bb", 0.1).loaded()))
                .hasMessage("the name 'single-lead' is of a 1-lead model, the given one is a 12-lead model");
        assertThatThrownBy(() -> roster.add("Own Model", model(12, "bb", 0.1).loaded()))
                .hasMessageContaining("a model's name must be of a-z, 0-9 and dashes");
    }

    @Test
    void closing_closes_every_model() {
        FakeModel one = model(12, "aa", 0.1);
        FakeModel two = model(1, "bb", 0.1);
        roster.add("twelve-lead", one.loaded());
        roster.add("single-lead", two.loaded());

        roster.close();

        assertThat(one.closed()).isTrue();
        assertThat(two.closed()).isTrue();
    }
}
