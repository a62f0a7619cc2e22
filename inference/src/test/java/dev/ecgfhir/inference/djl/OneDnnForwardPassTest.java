package dev.ecgfhir.inference.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.inference.Fixtures;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneDnnForwardPassTest {
    private final Network network = CheckpointReader.read(Fixtures.path("model/tiny-12-lead.pth"));
    private final Net1dBlock block = new Net1dBlock(network.architecture());
    private final NDManager manager = manager();
    private final List<NDArray> weights = block.setWeights(manager, network);
    private final ForwardPass general = new BlockForwardPass(block);

    @AfterEach
    void close() {
        manager.close();
    }

    /** Every length meets other paddings: odd and even, and none at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {"len-15", "len-16", "len-17", "len-31", "len-100", "len-257", "len-2500", "len-4999", "len-5001"
            })
    void gives_the_reference_answer_at_any_length_it_is_written_for(String name) {
        assumeThat(System.getProperty("os.arch")).isEqualTo("amd64"); // elsewhere PyTorch may lack these operations
        int row = row(name);
        ModelInput input = Fixtures.input("model/inputs/12-lead-" + name + ".npy");
        float[] values = new float[input.leads() * input.samples()];
        input.copyTo(values, 0);
        double[] expected = Fixtures.rows("model/tiny-12-lead.logits64.npy")[row];

        ForwardPass pass = OneDnnForwardPass.compile(
                (PtNDManager) manager, network.architecture(), weights, input.samples(), false, refusing());
        float[] logits = pass.run(manager.create(values, new Shape(1, 12, input.samples())))
                .get(0)
                .toFloatArray();
        pass.close();

        for (int i = 0; i < expected.length; i++) {
            assertThat((double) logits[i])
                    .as("%s, logit %d", name, i)
                    .isCloseTo(expected[i], within(5e-5 + 5e-6 * Math.abs(expected[i])));
        }
    }

    @Test
    void a_program_with_an_operation_that_this_pytorch_lacks_is_refused_by_the_engine_and_the_general_way_is_taken() {
        String source =
                OneDnnScript.of(network.architecture(), 100, false).replace("_convolution_pointwise", "_no_such");

        assertThatThrownBy(() -> OneDnnForwardPass.load((PtNDManager) manager, TorchScriptArchive.of(source)))
                .isInstanceOf(EngineException.class);
        ForwardPass chosen = FasterPass.choose(
                general,
                () -> {
                    OneDnnForwardPass.load((PtNDManager) manager, TorchScriptArchive.of(source));
                    return refusing();
                },
                manager,
                new Shape(1, 12, 100));
        assertThat(chosen).isSameAs(general);
    }

    @Test
    void a_faster_way_that_gives_other_answers_is_closed_and_not_taken() {
        boolean[] closed = {false};
        ForwardPass wrong = new ForwardPass() {
            @Override
            public String name() {
                return "wrong by a thousandth";
            }

            @Override
            public NDList run(NDArray input) {
                NDList right = general.run(input);
                return new NDList(right.get(0).add(1e-3f), right.get(1));
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };

        assertThat(FasterPass.choose(general, () -> wrong, manager, new Shape(1, 12, 100)))
                .isSameAs(general);
        assertThat(closed[0]).isTrue();
    }

    private static NDManager manager() {
        PyTorch.engine();
        return NDManager.newBaseManager(Device.cpu(), PyTorch.NAME);
    }

    private static int row(String name) {
        JsonNode cases = Fixtures.json("model/cases.json").at("/models/0/cases");
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).get("name").asText().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no case " + name);
    }

    private static ForwardPass refusing() {
        return new ForwardPass() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public NDList run(NDArray input) {
                throw new AssertionError("the general way was taken");
            }

            @Override
            public void close() {}
        };
    }
}
