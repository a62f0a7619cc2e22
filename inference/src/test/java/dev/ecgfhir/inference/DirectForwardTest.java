package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plain forward pass that engines are held against must itself be right: float64 here and there, so nearly to the last bit. */
class DirectForwardTest {
    private static final Network TINY = CheckpointReader.read(Fixtures.path("model/tiny-12-lead.pth"));

    @Test
    void equals_the_reference_in_double_precision_for_every_short_case() {
        JsonNode model = Fixtures.json("model/cases.json").get("models").get(0);
        double[][] logits = Fixtures.rows("model/tiny-12-lead.logits64.npy");
        double[][] features = Fixtures.rows("model/tiny-12-lead.features64.npy");
        int compared = 0;
        for (int i = 0; i < model.get("cases").size(); i++) {
            JsonNode stored = model.get("cases").get(i);
            if (stored.get("length").asInt() > 300
                    || stored.get("name").asText().equals("loud")) {
                continue;
            }
            double[][] found = new DirectForward(TINY)
                    .run(Fixtures.rows("model/" + stored.get("input").asText()));
            assertThat(found[0]).as(stored.get("name").asText()).containsExactly(logits[i], within(1e-9));
            assertThat(found[1]).as(stored.get("name").asText()).containsExactly(features[i], within(1e-9));
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(8);
    }

    @Test
    void an_engine_that_is_off_by_a_thousandth_does_not_start() {
        EcgModel wrong = new EcgModel() {
            @Override
            public ModelDescription description() {
                throw new AssertionError("not needed");
            }

            @Override
            public String engine() {
                return "TestEngine on cpu";
            }

            @Override
            public List<Scores> score(List<ModelInput> inputs) {
                float[] flat = new float[inputs.get(0).leads() * inputs.get(0).samples()];
                inputs.get(0).copyTo(flat, 0);
                double[][] rows =
                        new double[inputs.get(0).leads()][inputs.get(0).samples()];
                for (int i = 0; i < flat.length; i++) {
                    rows[i / inputs.get(0).samples()][i % inputs.get(0).samples()] = flat[i];
                }
                double[] exact = new DirectForward(TINY).run(rows)[0];
                float[] logits = new float[exact.length];
                for (int i = 0; i < logits.length; i++) {
                    logits[i] = (float) exact[i];
                }
                logits[3] += 1e-3f;
                return List.of(Scores.of(logits, new float[64]));
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> SelfCheck.run(TINY, wrong))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith(
                        "TestEngine on cpu does not reproduce a known answer: a logit differs by 1.0e-03");
    }
}
