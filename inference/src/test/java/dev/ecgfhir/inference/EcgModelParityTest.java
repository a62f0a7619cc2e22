package dev.ecgfhir.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class EcgModelParityTest {
    private static final Logger LOG = LoggerFactory.getLogger(EcgModelParityTest.class);

    @ParameterizedTest
    @MethodSource("arguments")
    void answers_every_stored_case_as_the_reference_does(String file, String engine, int threads) {
        try (LoadedModel loaded =
                EcgModels.load(Fixtures.path("model/" + file), new InferenceConfig(engine, "cpu", threads))) {
            LOG.info("{}, {}, {} threads, {}", file, engine, threads, compare(file, loaded.model()));
        }
    }

    /** Runs all stored cases of a model and returns the largest differences. */
    static Parity compare(String file, EcgModel network) {
        JsonNode model = models().filter(m -> m.path("file").asText().equals(file))
                .findFirst()
                .orElseThrow();
        double[][] logits =
                Fixtures.rows("model/" + model.at("/expected/logits64").asText());
        double[][] features =
                Fixtures.rows("model/" + model.at("/expected/features64").asText());
        Parity parity = new Parity();
        JsonNode cases = model.get("cases");
        for (int i = 0; i < cases.size(); i++) {
            String name = cases.get(i).get("name").asText();
            ModelInput input =
                    Fixtures.input("model/" + cases.get(i).get("input").asText());
            Scores scores = network.score(List.of(input)).get(0);
            if (name.equals("loud")) {
                parity.compareLoud(file + " " + name, scores, logits[i], features[i]);
            } else {
                parity.compare(file + " " + name, scores, logits[i], features[i]);
            }
        }
        return parity;
    }

    static Stream<Arguments> arguments() {
        // two threads for one model only: on a busy machine OpenMP's threads wait for one another for seconds
        return Stream.concat(
                models().map(model -> model.get("file").asText())
                        .flatMap(file -> Stream.of(Arguments.of(file, "pytorch", 1), Arguments.of(file, "vector", 1))),
                Stream.of(
                        Arguments.of("small-12-lead.pth", "pytorch", 2),
                        Arguments.of("small-12-lead.pth", "vector", 2)));
    }

    private static Stream<JsonNode> models() {
        return StreamSupport.stream(
                Fixtures.json("model/cases.json").get("models").spliterator(), false);
    }
}
