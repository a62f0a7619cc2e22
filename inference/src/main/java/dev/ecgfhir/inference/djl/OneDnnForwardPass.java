package dev.ecgfhir.inference.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.ecgfhir.inference.checkpoint.Architecture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The network as one generated TorchScript program on oneDNN, for inputs of one length on a CPU; other lengths go the general way.
 *
 * <p>PyTorch re-orders all weights at every call of its ordinary convolutions; here that is done once.
 */
final class OneDnnForwardPass implements ForwardPass {
    private final ForwardPass general;
    private final int samples;
    private final PtSymbolBlock module;
    private final IValue packed;
    private final boolean reduced;

    private OneDnnForwardPass(ForwardPass general, int samples, PtSymbolBlock module, IValue packed, boolean reduced) {
        this.general = general;
        this.samples = samples;
        this.module = module;
        this.packed = packed;
        this.reduced = reduced;
    }

    /**
     * Compiles the program and lays out the weights.
     *
     * @param manager on a CPU
     * @param architecture the network's
     * @param weights in the order of {@link Architecture#weights()}; stay the caller's
     * @param samples length of the inputs that go this way
     * @param reduced true for bfloat16
     * @param general the way of all other inputs; stays the caller's
     * @throws ai.djl.engine.EngineException if this PyTorch has no such operations
     */
    static OneDnnForwardPass compile(
            PtNDManager manager,
            Architecture architecture,
            List<NDArray> weights,
            int samples,
            boolean reduced,
            ForwardPass general) {
        byte[] archive = TorchScriptArchive.of(OneDnnScript.of(architecture, samples, reduced));
        PtSymbolBlock module = load(manager, archive);
        if (reduced && !hasBfloat16(module)) {
            module.close();
            throw new ai.djl.engine.EngineException(
                    "precision 'bfloat16' was asked for, this processor has no instructions for it; use precision"
                            + " 'bfloat16-weights' or 'float32'");
        }
        try (IValue plain = IValue.listFrom(weights.toArray(new PtNDArray[0]));
                IValue batch = IValue.from(1L)) {
            IValue packed = IValueUtils.runMethod(module, "prep", plain, batch);
            return new OneDnnForwardPass(general, samples, module, packed, reduced);
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
    }

    private static boolean hasBfloat16(PtSymbolBlock module) {
        try (IValue answer = IValueUtils.runMethod(module, "bfloat16")) {
            return answer.toBoolean();
        }
    }

    static PtSymbolBlock load(PtNDManager manager, byte[] archive) {
        try {
            return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    @Override
    public String name() {
        return "TorchScript on oneDNN" + (reduced ? " in bfloat16" : "") + " for " + samples + " samples, "
                + general.name() + " for others";
    }

    @Override
    public NDList run(NDArray input) {
        if (input.getShape().get(2) != samples) {
            return general.run(input);
        }
        JniUtils.setGraphExecutorOptimize(
                false); // kept by PyTorch for each thread; profiling only delays the first calls
        try (IValue x = IValue.from((PtNDArray) input);
                IValue outputs = IValueUtils.runMethod(module, "forward", x, packed)) {
            return new NDList(outputs.toTensorArray((PtNDManager) input.getManager()));
        }
    }

    @Override
    public void close() {
        packed.close();
        module.close();
    }
}
