package dev.ecgfhir.inference;

import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.checkpoint.Network;
import dev.ecgfhir.inference.djl.DjlEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what runs a network, and starts it.
 *
 * <p>{@code auto} is PyTorch; where its native library cannot be had, and no GPU was asked for, the pure Java engine takes over.
 * A started model is always held against a known answer.
 */
final class Engines {
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
    private static final String MODULE = "jdk.incubator.vector";

    /** By name, because its classes exist only where the module does. */
    private static final String VECTOR = "dev.ecgfhir.inference.vector.VectorEngine";

    private Engines() {}

    /**
     * Checks that the engine exists, before time is spent on reading weights.
     *
     * @throws EngineException if it does not
     */
    static void check(InferenceConfig config) {
        switch (config.engine()) {
            case "auto", "pytorch" -> {}
            case "vector" -> vector();
            default ->
                throw new EngineException(
                        Reason.ENGINE_UNAVAILABLE,
                        "engine '" + config.engine() + "' does not exist; use 'auto', 'pytorch' or 'vector'");
        }
    }

    /**
     * Starts a model and holds it against a known answer.
     *
     * @throws EngineException if the engine or the device is not there, or does not reproduce that answer
     */
    static EcgModel start(Network network, ModelDescription description, InferenceConfig config) {
        if (config.engine().equals("vector")) {
            return checked(vector(), network, description, config);
        }
        try {
            return checked(new DjlEngine(), network, description, config);
        } catch (EngineException e) {
            boolean missing = e.reason() == Reason.ENGINE_UNAVAILABLE || e.reason() == Reason.NATIVE_LIBRARY_IN_USE;
            if (!config.engine().equals("auto") || config.device().startsWith("gpu") || !missing) {
                throw e;
            }
            return instead(e, network, description, config);
        }
    }

    private static EcgModel instead(
            EngineException missing, Network network, ModelDescription description, InferenceConfig config) {
        NetworkEngine engine;
        try {
            engine = vector();
        } catch (EngineException e) {
            LOG.warn("no engine 'vector' in place of 'pytorch' either: {}", e.getMessage());
            throw missing;
        }
        LOG.warn("engine 'pytorch' is passed over for 'vector': {}", missing.getMessage());
        return checked(engine, network, description, config);
    }

    private static EcgModel checked(
            NetworkEngine engine, Network network, ModelDescription description, InferenceConfig config) {
        EcgModel model = engine.start(network, description, config);
        try {
            SelfCheck.run(network, model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        return model;
    }

    private static NetworkEngine vector() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            throw new EngineException(
                    Reason.ENGINE_UNAVAILABLE,
                    "engine 'vector' needs the module " + MODULE + "; start Java with --add-modules " + MODULE
                            + " (in a servlet container by CATALINA_OPTS or JDK_JAVA_OPTIONS), or use engine 'pytorch'");
        }
        try {
            return Class.forName(VECTOR)
                    .asSubclass(NetworkEngine.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new EngineException(Reason.ENGINE_UNAVAILABLE, "engine 'vector' cannot be loaded (" + e + ")", e);
        }
    }
}
