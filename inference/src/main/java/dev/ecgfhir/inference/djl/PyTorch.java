package dev.ecgfhir.inference.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;

/** Starts DJL's PyTorch engine without any use of the network, and finds the device that was asked for. */
final class PyTorch {
    static final String NAME = "PyTorch";

    private PyTorch() {}

    /** Starts the engine, once in a JVM's life; later calls return the same one. */
    static Engine engine() {
        Platform platform = Platform.detectPlatform("pytorch");
        new NativeInstallation(System.getenv(), platform.getVersion(), flavor -> hasLibrary(platform, flavor)).check();
        // DJL would otherwise fetch missing natives, and report its use, by HTTP
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        // profiling of TorchScript graphs costs the second call 100 ms and brings nothing here
        setDefault("ai.djl.pytorch.graph_optimizer", "false");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(PyTorch.class.getClassLoader()); // DJL looks for its engines there
        try {
            Engine engine = Engine.getEngine(NAME);
            if (engine == null) {
                throw new EngineException(
                        Reason.ENGINE_UNAVAILABLE, "DJL has no engine '" + NAME + "' on the class path");
            }
            return engine;
        } catch (ai.djl.engine.EngineException | LinkageError e) {
            throw unavailable(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean hasLibrary(Platform platform, String flavor) {
        String name = "/jnilib/" + platform.getClassifier() + "/" + flavor + "/" + System.mapLibraryName("djl_torch");
        return !flavor.isEmpty() && JniUtils.class.getResource(name) != null;
    }

    /**
     * Finds a device.
     *
     * @param engine PyTorch
     * @param wanted {@code auto}, {@code cpu} or {@code gpu:N}
     * @throws EngineException if that GPU is not there
     */
    static Device device(Engine engine, String wanted) {
        if (wanted.equals("cpu")) {
            return Device.cpu();
        }
        int gpus = engine.getGpuCount();
        if (wanted.equals("auto")) {
            return gpus > 0 ? Device.gpu(0) : Device.cpu();
        }
        int index = Integer.parseInt(wanted.substring("gpu:".length()));
        if (index >= gpus) {
            throw new EngineException(
                    Reason.DEVICE_UNAVAILABLE,
                    "device '" + wanted + "' was asked for, " + NAME + " " + engine.getVersion() + " finds " + gpus
                            + " GPUs; use 'cpu' or 'auto', or supply PyTorch's CUDA libraries by PYTORCH_LIBRARY_PATH");
        }
        return Device.gpu(index);
    }

    private static EngineException unavailable(Throwable failure) {
        StringBuilder causes = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).contains("already loaded in another classloader")) {
                return new EngineException(
                        Reason.NATIVE_LIBRARY_IN_USE,
                        "PyTorch's native library belongs to an earlier class loader of this JVM (a redeployed web application);"
                                + " restart the container, or put DJL into its shared class path",
                        failure);
            }
            causes.append(causes.isEmpty() ? "" : ": ").append(t);
        }
        return new EngineException(
                Reason.ENGINE_UNAVAILABLE, "PyTorch's native library cannot be loaded (" + causes + ")", failure);
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
