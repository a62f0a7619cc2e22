package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as {@code torch.save} writes it since 1.6: a zip of uncompressed entries, {@code NAME/data.pkl} and one
 * {@code NAME/data/KEY} for each storage.
 *
 * <p>All names, sizes and checksums are checked before anything is interpreted. Nothing is ever written.
 */
final class ZipContainer implements StateDict {
    private static final int LARGEST_PICKLE = 2 << 20; // a model of this kind with its optimizer has 64 KiB
    private static final int MOST_ENTRIES =
            16_384; // the published network with its optimizer has 2,000; each is found by name
    private static final Pattern ENTRY_NAME = Pattern.compile("[^/\\\\]+(/[^/\\\\]+)+");

    private final String where;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;
    private final String root;
    private final Map<String, TensorView> tensors;

    private ZipContainer(
            String where, ZipFile zip, Map<String, ZipEntry> entries, String root, Map<String, TensorView> tensors) {
        this.where = where;
        this.zip = zip;
        this.entries = entries;
        this.root = root;
        this.tensors = tensors;
    }

    /** Opens and checks the container. */
    static ZipContainer open(Path file) throws IOException {
        String where = file.toString();
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw new CheckpointException(
                    Reason.DAMAGED,
                    where + ": begins as a zip file, but its directory cannot be read (" + e.getMessage()
                            + "); most likely the file is truncated",
                    e);
        }
        try {
            Map<String, ZipEntry> entries = entries(where, zip, Files.size(file));
            String root = root(where, entries);
            checkSums(where, zip, entries);
            byteOrder(where, zip, entries.get(root + "byteorder"));
            ZipEntry pickle = present(where, entries.get(root + "data.pkl"), root + "data.pkl");
            if (pickle.getSize() > LARGEST_PICKLE) {
                throw new CheckpointException(
                        Reason.TOO_LARGE,
                        where + ": data.pkl has " + pickle.getSize() + " bytes; expected at most " + LARGEST_PICKLE);
            }
            byte[] bytes = read(where, zip, pickle);
            Object pickled = new PickleReader(where + ", data.pkl", ByteBuffer.wrap(bytes)).read();
            return new ZipContainer(where, zip, entries, root, PickledDict.tensors(where, pickled));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    public Map<String, TensorView> tensors() {
        return tensors;
    }

    @Override
    public ByteBuffer storage(String key, long bytes) throws IOException {
        String name = root + "data/" + key;
        ZipEntry entry = present(where, entries.get(name), name);
        if (entry.getSize() != bytes) {
            throw new CheckpointException(
                    Reason.DAMAGED,
                    where + ": entry '" + name + "' has " + entry.getSize() + " bytes, the pickle says " + bytes);
        }
        return ByteBuffer.wrap(read(where, zip, entry)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static Map<String, ZipEntry> entries(String where, ZipFile zip, long fileSize) {
        if (zip.size() > MOST_ENTRIES) {
            throw new CheckpointException(
                    Reason.TOO_LARGE, where + ": has " + zip.size() + " entries; expected at most " + MOST_ENTRIES);
        }
        Map<String, ZipEntry> entries = new HashMap<>();
        long total = 0;
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(e -> e)::iterator) {
            String name = entry.getName();
            if (!ENTRY_NAME.matcher(name).matches()
                    || List.of(name.split("/", -1)).contains("..")) {
                throw new CheckpointException(
                        Reason.UNSAFE,
                        where + ": entry '" + name + "' does not lie in a folder of the archive; nothing was written");
            }
            if (entries.put(name, entry) != null) {
                throw new CheckpointException(Reason.DAMAGED, where + ": entry '" + name + "' is there twice");
            }
            if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
                throw new CheckpointException(
                        Reason.UNSUPPORTED, where + ": entry '" + name + "' is compressed; torch never compresses one");
            }
            total += entry.getSize();
            if (entry.getSize() < 0 || total > fileSize) {
                throw new CheckpointException(
                        Reason.DAMAGED,
                        where + ": the entries up to '" + name + "' claim " + total + " bytes, the file has "
                                + fileSize);
            }
        }
        return entries;
    }

    /** Returns the one folder that holds {@code data.pkl}, with its slash. */
    private static String root(String where, Map<String, ZipEntry> entries) {
        List<String> roots = entries.keySet().stream()
                .filter(name -> name.endsWith("/data.pkl"))
                .map(name -> name.substring(0, name.length() - "data.pkl".length()))
                .toList();
        if (roots.size() != 1) {
            throw new CheckpointException(
                    Reason.NOT_A_CHECKPOINT,
                    where + ": a zip file with " + roots.size()
                            + " entries named data.pkl; a torch checkpoint has one");
        }
        String root = roots.get(0);
        if (entries.containsKey(root + "constants.pkl")) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    where + ": is a TorchScript program; expected a state dict saved by torch.save");
        }
        return root;
    }

    private static void checkSums(String where, ZipFile zip, Map<String, ZipEntry> entries) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (ZipEntry entry : entries.values()) {
            CRC32 sum = new CRC32();
            try (InputStream in = zip.getInputStream(entry)) {
                for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                    sum.update(buffer, 0, n);
                }
            } catch (ZipException e) {
                throw new CheckpointException(
                        Reason.DAMAGED, where + ": entry '" + entry.getName() + "': " + e.getMessage(), e);
            }
            if (sum.getValue() != entry.getCrc()) {
                throw new CheckpointException(
                        Reason.DAMAGED,
                        where
                                + ": entry '%s' has CRC-32 %08x, its directory says %08x; the file was altered or damaged"
                                        .formatted(entry.getName(), sum.getValue(), entry.getCrc()));
            }
        }
    }

    private static void byteOrder(String where, ZipFile zip, @Nullable ZipEntry entry) throws IOException {
        if (entry == null) {
            return; // torch before 2.1 does not write one and knows only little-endian
        }
        String order = entry.getSize() > 16 ? "" : new String(read(where, zip, entry), StandardCharsets.US_ASCII);
        if (!order.equals("little")) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, where + ": byteorder is '" + order + "'; expected 'little'");
        }
    }

    private static ZipEntry present(String where, @Nullable ZipEntry entry, String name) {
        if (entry == null) {
            throw new CheckpointException(Reason.DAMAGED, where + ": entry '" + name + "' is absent");
        }
        return entry;
    }

    private static byte[] read(String where, ZipFile zip, ZipEntry entry) throws IOException {
        if (entry.getSize() > Integer.MAX_VALUE - 8) {
            throw new CheckpointException(
                    Reason.TOO_LARGE,
                    where + ": entry '" + entry.getName() + "' has " + entry.getSize()
                            + " bytes; expected less than 2 GiB");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            if (bytes.length != entry.getSize()) {
                throw new CheckpointException(
                        Reason.DAMAGED,
                        where + ": entry '" + entry.getName() + "' ends after " + bytes.length + " bytes");
            }
            return bytes;
        }
    }
}
