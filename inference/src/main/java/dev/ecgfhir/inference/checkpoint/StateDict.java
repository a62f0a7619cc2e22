package dev.ecgfhir.inference.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The tensors of an open checkpoint: where each lies, and a way to its bytes. Closing it closes the file.
 */
interface StateDict extends Closeable {
    /** Returns the tensors by name, in the order of the file; none of them checked yet. */
    Map<String, TensorView> tensors();

    /**
     * Reads one storage.
     *
     * @param key a storage that a tensor names
     * @param bytes length that the tensor's storage is said to have
     * @return exactly that many bytes, little-endian
     */
    ByteBuffer storage(String key, long bytes) throws IOException;
}
