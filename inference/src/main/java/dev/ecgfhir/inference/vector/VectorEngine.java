package dev.ecgfhir.inference.vector;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.NetworkEngine;
import dev.ecgfhir.inference.checkpoint.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs networks on the processor's vector units, without any native library. Stateless and safe for concurrent callers. */
public final class VectorEngine implements NetworkEngine {
    private static final Logger LOG = LoggerFactory.getLogger(VectorEngine.class);

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public EcgModel start(Network network, ModelDescription description, InferenceConfig config) {
        if (config.device().startsWith("gpu")) {
            throw new EngineException(
                    Reason.DEVICE_UNAVAILABLE,
                    "device '" + config.device()
                            + "' was asked for, engine 'vector' runs on cpu alone; use engine 'pytorch'");
        }
        VectorModel model =
                new VectorModel(description, new VectorForward(network, config.precision()), config.threads());
        LOG.info(
                "{} leads, model {}: {}, {} threads",
                description.leads(),
                description.hash(),
                model.engine(),
                config.threads());
        return model;
    }
}
