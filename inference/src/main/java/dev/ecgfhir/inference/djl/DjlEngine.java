package dev.ecgfhir.inference.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.NetworkEngine;
import dev.ecgfhir.inference.checkpoint.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs networks on PyTorch through DJL, on CPU or GPU. Stateless and safe for concurrent callers. */
public final class DjlEngine implements NetworkEngine {
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
            block.setWeights(weights, network);
            ForwardPass pass = new BlockForwardPass(block);
            String name = PyTorch.NAME + " " + engine.getVersion() + " on "
                    + (device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu");
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
}
