package dev.ecgfhir.inference.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source text into the smallest archive that PyTorch loads: a module class {@code Net} without weights, the pickle of
 * an instance of it, no constants.
 */
final class TorchScriptArchive {
    private static final String MODULE_PICKLE = "c__torch__\nNet\n)\u0081}(X\b\0\0\0training\u0089ub.";

    private TorchScriptArchive() {}

    /** Returns the archive's bytes. */
    static byte[] of(String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "net/data.pkl", ("\u0080\u0002" + MODULE_PICKLE).getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "net/code/__torch__.py", source.getBytes(StandardCharsets.US_ASCII));
            put(zip, "net/constants.pkl", "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "net/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
