package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;

/** A state dict whose storages lie uncompressed at known positions of the file, as in the legacy and the safetensors containers. */
final class PositionedStateDict implements StateDict {
    private final String where;
    private final FileChannel channel;
    private final Map<String, Long> positions;
    private final Map<String, TensorView> tensors;

    /**
     * Takes the channel over.
     *
     * @param where names the file in messages
     * @param channel the open file; closed with this
     * @param positions start of each storage, bytes from the file's start
     * @param tensors the tensors by name
     */
    PositionedStateDict(
            String where, FileChannel channel, Map<String, Long> positions, Map<String, TensorView> tensors) {
        this.where = where;
        this.channel = channel;
        this.positions = positions;
        this.tensors = tensors;
    }

    @Override
    public Map<String, TensorView> tensors() {
        return tensors;
    }

    @Override
    public ByteBuffer storage(String key, long bytes) throws IOException {
        Long position = positions.get(key);
        if (position == null) {
            throw new CheckpointException(Reason.DAMAGED, where + ": storage '" + key + "' is absent");
        }
        return Channels.read(where, channel, position, bytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
