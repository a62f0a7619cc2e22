package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as torch wrote it before 1.6: five pickles (magic number, protocol, system, content, storage keys), then each
 * storage as its number of elements and its bytes. The form has no checksums; lengths must add up to the file's.
 */
final class LegacyContainer {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;
    private static final int LARGEST_HEAD = 2 << 20;

    private LegacyContainer() {}

    /** Opens and checks the container. */
    static StateDict open(Path file) throws IOException {
        String where = file.toString();
        FileChannel channel = FileChannel.open(file);
        try {
            ByteBuffer head = Channels.read(where, channel, 0, Math.min(channel.size(), LARGEST_HEAD));
            if (!MAGIC.equals(new PickleReader(where, head).read())) {
                throw new CheckpointException(
                        Reason.NOT_A_CHECKPOINT, where + ": is a pickle, but not one that torch.save wrote");
            }
            Object protocol = new PickleReader(where, head).read();
            Object system = new PickleReader(where, head).read();
            if (!Long.valueOf(PROTOCOL).equals(protocol)
                    || !(system instanceof Map<?, ?> facts)
                    || !Boolean.TRUE.equals(facts.get("little_endian"))) {
                throw new CheckpointException(
                        Reason.UNSUPPORTED,
                        where + ": is not a little-endian checkpoint of torch protocol " + PROTOCOL);
            }
            PickleReader reader = new PickleReader(where, head);
            Map<String, TensorView> tensors = PickledDict.tensors(where, reader.read());
            Object keys = new PickleReader(where, head).read();
            Map<String, Long> positions = positions(where, channel, head.position(), keys, reader.storages());
            return new PositionedStateDict(where, channel, positions, tensors);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Map<String, Long> positions(
            String where,
            FileChannel channel,
            long start,
            @Nullable Object keys,
            Map<String, PickleGlobals.Storage> storages)
            throws IOException {
        if (!(keys instanceof List<?> list) || list.size() != storages.size()) {
            throw new CheckpointException(
                    Reason.DAMAGED,
                    where + ": the list of storages does not have the " + storages.size() + " that the content names");
        }
        Map<String, Long> positions = new HashMap<>();
        long position = start;
        for (Object key : list) {
            PickleGlobals.Storage storage = key instanceof String name ? storages.get(name) : null;
            if (storage == null) {
                throw new CheckpointException(
                        Reason.DAMAGED, where + ": lists a storage that the content does not name");
            }
            long elements = Channels.read(where, channel, position, 8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            if (elements != storage.elements()) {
                throw new CheckpointException(
                        Reason.DAMAGED,
                        where + ": storage '" + storage.key() + "' has " + elements + " elements, the pickle says "
                                + storage.elements());
            }
            if (positions.put(storage.key(), position + 8) != null) {
                throw new CheckpointException(
                        Reason.DAMAGED, where + ": storage '" + storage.key() + "' is listed twice");
            }
            long left = channel.size() - position - 8;
            if (elements < 0 || elements > left / storage.type().bytes()) {
                throw new CheckpointException(
                        Reason.DAMAGED,
                        where + ": storage '" + storage.key() + "' claims " + elements + " elements, " + left
                                + " bytes are left");
            }
            position += 8 + elements * storage.type().bytes();
        }
        if (position != channel.size()) {
            throw new CheckpointException(
                    Reason.DAMAGED,
                    where + ": the storages end at byte " + position + ", the file has " + channel.size());
        }
        return positions;
    }
}
