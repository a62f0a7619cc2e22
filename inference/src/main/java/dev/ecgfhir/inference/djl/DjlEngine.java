package dev.ecgfhir.inference.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.NetworkEngine;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Network;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs networks on PyTorch through DJL, on CPU or GPU. Stateless and safe for concurrent callers. */
public final class DjlEngine implements NetworkEngine {
    /** Samples of a window as preprocessing makes it. */
    private static final int WINDOW = 5000;

    /** Eight significant bits in each layer of some thirty; a few times what was measured. */
    private static final double BFLOAT16_TOLERANCE = 0.05;

    private static final Logger LOG = LoggerFactory.getLogger(DjlEngine.class);

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public EcgModel start(Network network, ModelDescription description, InferenceConfig config) {
        Engine engine = PyTorch.engine();
        Device device = PyTorch.device(engine, config.device());
        NDManager weights = NDManager.newBaseManager(device, PyTorch.NAME);
        try {
            JniUtils.setNumThreads(config.threads());
            Net1dBlock block = new Net1dBlock(network.architecture());
            List<NDArray> arrays = block.setWeights(weights, network);
            ForwardPass pass = pass(new BlockForwardPass(block), network.architecture(), weights, arrays, config);
            String name = PyTorch.NAME + " " + engine.getVersion() + " on "
                    + (device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu")
                    + (config.precision() == Precision.FLOAT32
                            ? ""
                            : ", " + config.precision().text());
            LOG.info(
                    "{} leads, model {}: {} by {}, {} threads",
                    description.leads(),
                    description.hash(),
                    name,
                    pass.name(),
                    config.threads());
            return new DjlModel(description, weights, pass, name, config.threads());
        } catch (ai.djl.engine.EngineException e) {
            weights.close();
            throw new EngineException(
                    EngineException.Reason.FORWARD_FAILED,
                    "the weights cannot be loaded on " + device + " (" + e.getMessage() + ")",
                    e);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private static ForwardPass pass(
            ForwardPass general,
            Architecture architecture,
            NDManager weights,
            List<NDArray> arrays,
            InferenceConfig config) {
        if (weights.getDevice().isGpu()) {
            return general;
        }
        Shape shape = new Shape(1, architecture.leads(), WINDOW);
        boolean reduced = config.precision() == Precision.BFLOAT16;
        Supplier<ForwardPass> generated =
                () -> OneDnnForwardPass.compile((PtNDManager) weights, architecture, arrays, WINDOW, reduced, general);
        return reduced
                ? FasterPass.require(general, generated, weights, shape, BFLOAT16_TOLERANCE)
                : FasterPass.choose(general, generated, weights, shape);
    }
}
