package dev.ecgfhir.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.pipeline.Interpretation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How far each reduced precision is from float32 on the bundled recordings: with the demonstration weights, or with {@code
 * -Dprecision.model=FILE} for twelve leads. The command stands in {@code docs/benchmarks.md}. No test: its name is none that is run by itself, and
 * nothing is asserted.
 */
class PrecisionComparison {
    private static final String MODEL = System.getProperty("precision.model", "");

    @TempDir
    private Path directory;

    @Test
    void tells_differences_from_float32() throws IOException {
        List<Path> files = files();
        List<Interpretation> expected = interpreted(Precision.FLOAT32, files);
        for (Precision precision : Precision.values()) {
            if (precision == Precision.FLOAT32) {
                continue;
            }
            try {
                print(precision, expected, interpreted(precision, files));
            } catch (EngineException e) {
                System.out.println(precision.text() + ": " + e.getMessage());
            }
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, JsonNode> recording : ParityRecordings.expected().properties()) {
            if (MODEL.isEmpty() || recording.getValue().get("leads").asInt() == 12) {
                files.add(ParityRecordings.copied(recording.getKey(), directory));
            }
        }
        return files;
    }

    private static List<Interpretation> interpreted(Precision precision, List<Path> files) {
        InferenceConfig config = InferenceConfig.defaults().in(precision);
        List<LoadedModel> models = MODEL.isEmpty()
                ? List.of(EcgModels.demonstration(12, config), EcgModels.demonstration(1, config))
                : List.of(EcgModels.load(Path.of(MODEL), config));
        try (DemonstrationReading reading = new DemonstrationReading(models)) {
            return files.stream().map(reading::interpreted).toList();
        }
    }

    private static void print(Precision precision, List<Interpretation> expected, List<Interpretation> found) {
        double logit = 0;
        double score = 0;
        int changed = 0;
        int scores = 0;
        for (int i = 0; i < expected.size(); i++) {
            List<Rule> rules = expected.get(i).thresholds().rules();
            for (int w = 0; w < expected.get(i).windows().size(); w++) {
                Scores before = expected.get(i).windows().get(w);
                Scores after = found.get(i).windows().get(w);
                for (Rule rule : rules) {
                    int l = rule.label().index();
                    if (rule.assessed()) {
                        scores++;
                        logit = Math.max(logit, Math.abs(before.logits()[l] - after.logits()[l]));
                        score = Math.max(score, Math.abs(before.score(l) - after.score(l)));
                        changed += before.score(l) >= rule.threshold() == after.score(l) >= rule.threshold() ? 0 : 1;
                    }
                }
            }
        }
        System.out.printf(
                "%-17s largest difference of a logit %.1e, of a score %.1e; %d of %d scores on the other side of the"
                        + " threshold; %s%n",
                precision.text(), logit, score, changed, scores, found.get(0).engine());
    }
}
