package dev.ecgfhir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.Terminology;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InversionCheckTest {
    private static final Preprocessing PREPROCESSING = new Preprocessing(MainsFrequency.ofHertz(50));
    private static LoadedModel model;
    private static EcgInterpreter interpreter;

    @BeforeAll
    static void load() {
        model = EcgModels.demonstration(1, InferenceConfig.defaults());
        interpreter = new EcgInterpreter(List.of(model), PREPROCESSING, Terminology.labelMap());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** Filters and z-score know no sign, so the network's input is that of lead I with every sample's sign changed. */
    @Test
    void gives_the_scores_of_the_window_with_its_sign_changed() {
        Recording recording = Recordings.recording().only(Lead.I).build();
        Interpretation interpretation = interpret(recording);

        double[] found = new InversionCheck(interpreter).scores(interpretation).orElseThrow();

        double[][] millivolts = {recording.leads().get(Lead.I).waveform().millivolts()};
        ModelInput window =
                PREPROCESSING.prepare(millivolts, new double[] {500}).windows().get(0);
        float[] values = new float[window.samples()];
        window.copyTo(values, 0);
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        var expected = model.model()
                .score(List.of(ModelInput.of(new float[][] {values})))
                .get(0);
        assertThat(found).hasSize(150).isNotEqualTo(interpretation.scores());
        for (int label = 0; label < found.length; label++) {
            assertThat(found[label]).as("label %d", label).isCloseTo(expected.score(label), within(1e-6));
        }
    }

    @Test
    void changes_nothing_of_the_interpretation() {
        Recording recording = Recordings.recording(250, 30).only(Lead.I).build();
        Interpretation before = interpret(recording);
        double[] scores = before.scores();

        new InversionCheck(interpreter).scores(before);

        assertThat(before.scores()).containsExactly(scores);
        assertThat(interpret(recording).scores()).containsExactly(scores);
    }

    @Test
    void uses_lead_I_of_a_recording_with_more_leads_and_has_nothing_to_say_of_twelve() {
        Recording more = Recordings.recording().without(Lead.V6).build();
        assertThat(new InversionCheck(interpreter).scores(interpret(more))).isPresent();
        try (LoadedModel twelve = EcgModels.demonstration(12, InferenceConfig.defaults())) {
            EcgInterpreter both = new EcgInterpreter(List.of(twelve), PREPROCESSING, Terminology.labelMap());
            Outcome outcome = both.interpret(Recordings.recording().build());
            assertThat(new InversionCheck(both).scores(((Outcome.Interpreted) outcome).interpretation()))
                    .isEmpty();
        }
    }

    private static Interpretation interpret(Recording recording) {
        return ((Outcome.Interpreted) interpreter.interpret(recording)).interpretation();
    }

    private static org.assertj.core.data.Offset<Double> within(double value) {
        return org.assertj.core.data.Offset.offset(value);
    }
}
