package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Bounded reading at a position. */
final class Channels {
    private Channels() {}

    /**
     * Reads exactly {@code length} bytes.
     *
     * @return the bytes, little-endian, from position 0
     * @throws CheckpointException if the file ends before
     */
    static ByteBuffer read(String where, FileChannel channel, long position, long length) throws IOException {
        if (position < 0 || length < 0 || length > channel.size() - position) {
            throw new CheckpointException(
                    Reason.DAMAGED,
                    where + ": " + length + " bytes are due at byte " + position + ", the file has " + channel.size()
                            + "; most likely it is truncated");
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw new CheckpointException(
                    Reason.TOO_LARGE, where + ": a part of " + length + " bytes; expected less than 2 GiB");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new CheckpointException(Reason.DAMAGED, where + ": ends while it is being read");
            }
        }
        return bytes.flip();
    }
}
