package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.inference.batching.BatchListener;
import dev.ecgfhir.inference.batching.BatchingConfig;
import dev.ecgfhir.inference.batching.BatchingModel;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.Network;
import dev.ecgfhir.inference.djl.DjlEngine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A GPU that computes something else, as one with reduced precision does, when the device is open. */
class OtherDeviceTest {
    private static final Network NETWORK = CheckpointReader.read(Fixtures.path("model/variants/micro-1-lead.pth"));
    private static final ModelDescription DESCRIPTION = EcgModels.describe(NETWORK);

    @Test
    void the_cpu_takes_over_and_the_alarm_says_why() {
        EcgModel model = Engines.startAnywhere(
                new WrongOnGpu(), NETWORK, DESCRIPTION, new InferenceConfig("pytorch", "auto", 1));

        assertThat(model.engine()).isEqualTo("PyTorch 2.7.1 on cpu");
        assertThat(model.alarm().orElse(""))
                .startsWith("PyTorch 2.7.1 on cpu runs in place of a device that does not do: PyTorch on gpu:0 does not"
                        + " reproduce a known answer");
        try (BatchingModel queue =
                BatchingModel.start(model, BatchingConfig.defaults(), Optional.empty(), BatchListener.NONE)) {
            assertThat(queue.status().alarm()).isEqualTo(model.alarm());
            assertThat(queue.status().works()).isTrue();
        }
    }

    @Test
    void a_gpu_that_was_asked_for_by_name_stops_the_start() {
        InferenceConfig asked = new InferenceConfig("pytorch", "gpu:0", 1);

        assertThatThrownBy(() -> Engines.startAnywhere(new WrongOnGpu(), NETWORK, DESCRIPTION, asked))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.reason()).isEqualTo(EngineException.Reason.SELF_CHECK_FAILED));
    }

    private static final class WrongOnGpu implements NetworkEngine {
        @Override
        public String name() {
            return "pytorch";
        }

        @Override
        public EcgModel start(Network network, ModelDescription description, InferenceConfig config) {
            EcgModel right = new DjlEngine().start(network, description, config.on("cpu"));
            return config.device().equals("cpu") ? right : new Wrong(right);
        }
    }

    private record Wrong(EcgModel right) implements EcgModel {
        @Override
        public ModelDescription description() {
            return right.description();
        }

        @Override
        public String engine() {
            return "PyTorch on gpu:0";
        }

        @Override
        public List<Scores> score(List<ModelInput> inputs) {
            return right.score(inputs).stream()
                    .map(scores -> {
                        float[] logits = scores.logits();
                        logits[0] += 0.01f;
                        return Scores.of(logits, scores.features());
                    })
                    .toList();
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
