package dev.ecgfhir.inference.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes float32 tensors as {@code torch.save} does: a pickle of {@code {"state_dict": OrderedDict}} in a zip of stored entries. */
public final class TorchFile {
    private TorchFile() {}

    /**
     * A tensor to write.
     *
     * @param shape its sizes
     * @param values in C order
     */
    public record Tensor(List<Long> shape, float[] values) {}

    /** Writes a checkpoint. */
    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setMethod(ZipOutputStream.STORED);
            entry(zip, "weights/data.pkl", pickle(tensors));
            entry(zip, "weights/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            int key = 0;
            for (Tensor tensor : tensors.values()) {
                entry(zip, "weights/data/" + key++, littleEndian(tensor.values()));
            }
        }
    }

    /** Returns a zip of stored entries with right checksums, whatever the entries hold. */
    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                entry(zip, entry.getKey(), entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] pickle(Map<String, Tensor> tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x80, 2, '}'});
        text(out, "state_dict");
        ascii(out, "ccollections\nOrderedDict\n)R(");
        int key = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            text(out, entry.getKey());
            ascii(out, "ctorch._utils\n_rebuild_tensor_v2\n((");
            text(out, "storage");
            ascii(out, "ctorch\nFloatStorage\n");
            text(out, Integer.toString(key++));
            text(out, "cpu");
            integer(out, entry.getValue().values().length);
            ascii(out, "tQ");
            integer(out, 0);
            sizes(out, entry.getValue().shape());
            sizes(out, strides(entry.getValue().shape()));
            out.write(0x89);
            ascii(out, "ccollections\nOrderedDict\n)RtR");
        }
        ascii(out, "us.");
        return out.toByteArray();
    }

    private static List<Long> strides(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long step = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= shape.get(i);
        }
        return List.of(strides);
    }

    private static void sizes(OutputStream out, List<Long> sizes) throws IOException {
        out.write('(');
        for (long size : sizes) {
            integer(out, Math.toIntExact(size));
        }
        out.write('t');
    }

    private static void integer(OutputStream out, int value) throws IOException {
        out.write('J');
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private static void text(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .array());
        out.write(bytes);
    }

    private static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
