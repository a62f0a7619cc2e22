package dev.ecgfhir.inference.djl;

import dev.ecgfhir.inference.EngineException.Reason;
import java.util.List;

/**
 * Tells from PyTorch's words what a failed forward pass means. DJL hands on the text of the native exception and nothing else.
 *
 * <h2>References</h2>
 * PyTorch 2.7.1, {@code c10/cuda/CUDACachingAllocator.cpp} ("CUDA out of memory. Tried to allocate ..."), {@code
 * c10/cuda/CUDAException.cpp} ("CUDA error: " and the text of {@code cudaGetErrorString}; those of cuBLAS by the name of the status),
 * {@code aten/src/ATen/cudnn/Exceptions.h} ("cuDNN error: " and the name of the status), {@code c10/core/impl/alloc_cpu.cpp}
 * ("DefaultCPUAllocator: can't allocate memory"); DJL 0.35.1, {@code djl_pytorch_jni_exception.h} (the text without backtrace).
 */
final class DeviceFailure {
    private static final List<String> OUT_OF_MEMORY = List.of(
            "CUDA out of memory",
            "CUDA error: out of memory",
            "CUBLAS_STATUS_ALLOC_FAILED",
            "CUDNN_STATUS_ALLOC_FAILED",
            "ALLOCATION_FAILED", // cuDNN 9: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED and the host's
            "DefaultCPUAllocator: can't allocate memory");

    /** After any of these the CUDA context of the process is of no use any more. */
    private static final List<String> LOST = List.of(
            "CUDA error: ",
            "CUDA driver error: ",
            "CUDNN_STATUS_EXECUTION_FAILED",
            "CUDNN_STATUS_INTERNAL_ERROR",
            "CUDNN_STATUS_NOT_INITIALIZED");

    private DeviceFailure() {}

    /** Returns the reason for a failure with this text. */
    static Reason reason(String text) {
        if (OUT_OF_MEMORY.stream().anyMatch(text::contains)) {
            return Reason.OUT_OF_DEVICE_MEMORY;
        }
        return LOST.stream().anyMatch(text::contains) ? Reason.DEVICE_LOST : Reason.FORWARD_FAILED;
    }
}
