package dev.ecgfhir.inference;

import dev.ecgfhir.inference.EngineException.Reason;
import dev.ecgfhir.inference.checkpoint.Network;
import dev.ecgfhir.inference.djl.DjlEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts what is to run a network. A started model is always held against a known answer; which engine {@code auto} takes is found out
 * by a {@link Contest}.
 */
final class Engines {
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
    private static final String MODULE = "jdk.incubator.vector";

    /** By name, because its classes exist only where the module does. */
    private static final String VECTOR = "dev.ecgfhir.inference.vector.VectorEngine";

    private Engines() {}

    /**
     * Checks that the engine exists and has the precision, before time is spent on reading weights.
     *
     * @throws EngineException if it does not
     */
    static void check(InferenceConfig config) {
        boolean onGpu = config.device().startsWith("gpu");
        if (config.precision() == Precision.BFLOAT16 && (config.engine().equals("vector") || onGpu)) {
            throw new EngineException(
                    Reason.PRECISION_UNAVAILABLE,
                    "precision 'bfloat16' was asked for, " + (onGpu ? "device '" + config.device() : "engine 'vector")
                            + "' does not have it; use engine 'pytorch' on cpu, or precision 'bfloat16-weights'");
        }
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
        Network used = WeightRounding.of(network, config.precision());
        if (config.precision() == Precision.BFLOAT16) {
            return start("pytorch", used, description, config.on("cpu")); // nothing else has it
        }
        if (config.engine().equals("auto") && !config.device().startsWith("gpu")) {
            return new Contest(used, description, config).winner();
        }
        return start(config.engine(), used, description, config);
    }

    /** Starts one engine by its name; {@code auto} is the one that can use a GPU. */
    static EcgModel start(String name, Network network, ModelDescription description, InferenceConfig config) {
        return startAnywhere(name.equals("vector") ? vector() : new DjlEngine(), network, description, config);
    }

    /** Starts an engine; where the device is open and the one that it finds does not do, on the CPU, with an alarm. */
    static EcgModel startAnywhere(
            NetworkEngine engine, Network network, ModelDescription description, InferenceConfig config) {
        try {
            return checked(engine, network, description, config);
        } catch (EngineException e) {
            if (!config.device().equals("auto") || !ofDevice(e.reason())) {
                throw e;
            }
            EcgModel onCpu;
            try {
                onCpu = checked(engine, network, description, config.on("cpu"));
            } catch (EngineException other) {
                e.addSuppressed(other);
                throw e;
            }
            String alarm = onCpu.engine() + " runs in place of a device that does not do: " + e.getMessage();
            LOG.error("ALARM: {}", alarm);
            return new AlarmedModel(onCpu, alarm);
        }
    }

    private static boolean ofDevice(Reason reason) {
        return switch (reason) {
            case SELF_CHECK_FAILED, FORWARD_FAILED, OUT_OF_DEVICE_MEMORY, DEVICE_LOST, RESULT_NOT_FINITE -> true;
            case ENGINE_UNAVAILABLE, NATIVE_LIBRARY_IN_USE, DEVICE_UNAVAILABLE, PRECISION_UNAVAILABLE -> false;
        };
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
