package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same network in every container that is read; {@code variants.json} has the expected logits of each. */
class CheckpointVariantsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "micro-1-lead.pth",
                "micro-1-lead-bare.pth",
                "micro-1-lead-dataparallel.pth",
                "micro-1-lead-views.pth",
                "micro-1-lead-legacy.pth",
                "micro-1-lead-fp16.pth",
                "micro-1-lead.safetensors"
            })
    void gives_the_answer_that_is_stored_for_it(String file) {
        JsonNode micro = Fixtures.json("model/variants/variants.json").get("micro");
        List<Double> expected = new ArrayList<>();
        micro.at("/logits64/" + file).forEach(logit -> expected.add(logit.asDouble()));
        ModelInput input = Fixtures.input("model/" + micro.get("input").asText().replace("../", ""));

        try (LoadedModel loaded = EcgModels.load(Fixtures.path("model/variants/" + file), InferenceConfig.defaults())) {
            float[] logits = loaded.model().score(List.of(input)).get(0).logits();

            assertThat(expected).hasSize(150);
            for (int i = 0; i < 150; i++) {
                assertThat(Math.abs(logits[i] - expected.get(i)))
                        .as("logit %d", i)
                        .isLessThanOrEqualTo(5e-5 + 5e-6 * Math.abs(expected.get(i)));
            }
            assertThat(loaded.model().description().stages())
                    .hasSize(7)
                    .containsOnly(new ModelDescription.Stage(8, 1, 8, 16));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-12-lead.pth", "variants/tiny-12-lead.safetensors"})
    void counts_the_same_weights_in_either_container(String file) {
        ModelDescription description = EcgModels.describe(Fixtures.path("model/" + file));

        assertThat(description.leads()).isEqualTo(12);
        assertThat(description.usedWeights())
                .isEqualTo(EcgModels.describe(Fixtures.path("model/tiny-12-lead.pth"))
                        .usedWeights());
        assertThat(description.unusedWeights()).isPositive();
        assertThat(description.demonstration()).isFalse();
    }
}
