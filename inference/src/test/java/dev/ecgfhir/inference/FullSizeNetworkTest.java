package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.inference.ModelDescription.Stage;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class FullSizeNetworkTest {
    private static final Logger LOG = LoggerFactory.getLogger(FullSizeNetworkTest.class);

    @ParameterizedTest
    @CsvSource({"12, 30752646, 132797, pytorch, 1", "1, 30741382, 132797, auto, 1", "12, 30752646, 132797, vector, 2"})
    void answers_as_the_reference_does(
            int leads, long used, long unused, String engine, int threads, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("formula.pth");
        FormulaWeights.write(file, leads);
        JsonNode model = model(leads);
        assertThat(model.get("sha256_of_used_tensors").asText()).endsWith(sha256OfUsedWeights(file));

        try (LoadedModel loaded = EcgModels.load(file, new InferenceConfig(engine, "cpu", threads))) {
            ModelDescription description = loaded.model().description();
            assertThat(description.leads()).isEqualTo(leads);
            assertThat(description.usedWeights()).isEqualTo(used);
            assertThat(description.unusedWeights()).isEqualTo(unused);
            assertThat(description.features()).isEqualTo(1024);
            assertThat(description.labels()).hasSize(150).contains(new Label(5, "ATRIAL FIBRILLATION"));
            assertThat(description.stages()).isEqualTo(stages(model)).hasSize(7);
            compare(model, leads, loaded.model());
        }
    }

    private static void compare(JsonNode model, int leads, EcgModel network) {
        double[][] logits =
                Fixtures.rows("full/" + model.at("/expected/logits64").asText());
        double[][] features =
                Fixtures.rows("full/" + model.at("/expected/features64").asText());
        List<ModelInput> inputs = new ArrayList<>();
        model.get("inputs")
                .forEach(name -> inputs.add(Fixtures.input(name.asText().replace("../", ""))));
        Parity parity = new Parity();
        List<Scores> together = network.score(inputs);
        for (int i = 0; i < inputs.size(); i++) {
            parity.compare("alone " + i, network.score(List.of(inputs.get(i))).get(0), logits[i], features[i]);
            parity.compare("together " + i, together.get(i), logits[i], features[i]);
        }
        assertThat(inputs).hasSize(2);
        LOG.info("published size, {} leads, {}, {}", leads, network.engine(), parity);
    }

    private static JsonNode model(int leads) {
        for (JsonNode model : Fixtures.json("full/full.json").get("models")) {
            if (model.get("in_channels").asInt() == leads) {
                return model;
            }
        }
        throw new IllegalStateException("full.json has no model of " + leads + " leads");
    }

    private static List<Stage> stages(JsonNode model) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < model.get("filter_list").size(); i++) {
            stages.add(new Stage(
                    model.get("filter_list").get(i).asInt(),
                    model.get("m_blocks_list").get(i).asInt(),
                    model.get("groups_width").asInt(),
                    model.get("kernel_size").asInt()));
        }
        return stages;
    }

    private static String sha256OfUsedWeights(Path file) {
        Network network = CheckpointReader.read(file);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Architecture.Weight weight : network.architecture().weights()) {
                float[] values = network.weight(weight.name());
                ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
