package dev.ecgfhir.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import dev.ecgfhir.inference.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small files that claim much, and files altered at random: whatever they hold, reading ends in a stated reason and allocates no more
 * than a multiple of the file.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES) // against endless loops; nothing is timed
class HostileCheckpointsTest {
    private static final Logger LOG = LoggerFactory.getLogger(HostileCheckpointsTest.class);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Buffers for sums and hashes, the heads of files, and lists of objects where the file has bytes. */
    private static final long ALLOWED = 24 << 20;

    private static final int ALLOWED_FOR_EACH_BYTE = 80;
    /** Files of each kind; more with -Decg.fuzz.files=N. */
    private static final int FILES = Integer.getInteger("ecg.fuzz.files", 400);

    private static final String TENSOR = "ctorch._utils\n_rebuild_tensor_v2\n";

    @TempDir
    Path folder;

    @Test
    void no_bad_file_allocates_more_than_a_multiple_of_itself() {
        Fixtures.json("model/bad/bad.json")
                .get("files")
                .forEach(entry ->
                        allocated(Fixtures.path("model/bad/" + entry.get("file").asText())));
    }

    @Test
    void a_short_file_that_claims_gigabytes_is_refused_for_little_memory() throws IOException {
        refused("text.pth", legacy(bytes(0x80, 2, 'X', 0xf0, 0xff, 0xff, 0x7f)), Reason.DAMAGED);
        refused("bytes.pth", legacy(bytes(0x80, 2, 'B', 0xf0, 0xff, 0xff, 0xff)), Reason.DAMAGED);
        refused("integer.pth", legacy(bytes(0x80, 2, 0x8a, 0xff, 1)), Reason.DAMAGED);
        refused("memo.pth", legacy(bytes(0x80, 2, 'N', 'r', 0xff, 0xff, 0xff, 0xff, 'j', 1, 0, 0, 0)), Reason.DAMAGED);
        refused("unclosed.pth", bytes(0x80, 2, '(', '(', '('), Reason.DAMAGED);
        refused("noend.pth", bytes(0x80, 2), Reason.DAMAGED);
        for (String shape :
                new String[] {"1099511627776", "2147483647,2147483647", "-1", "0", "4294967296,4294967296"}) {
            refused("shape.safetensors", safetensors("[" + shape + "]", "[0,4]", 4), null);
        }
        refused("range.safetensors", safetensors("[1]", "[0,9223372036854775807]", 4), Reason.DAMAGED);
        refused("deep.safetensors", safetensors("[[[[[[1]]]]]]", "[0,4]", 4), Reason.DAMAGED);
        refused("short.safetensors", bytes(1, 2, 3), Reason.DAMAGED);
        refused("zip.pth", bytes('P', 'K', 3, 4, 0, 0, 0), Reason.DAMAGED);
    }

    @Test
    void an_entry_of_a_zip_cannot_claim_more_than_the_file_has() throws IOException {
        byte[] good = Files.readAllBytes(Fixtures.path("model/variants/micro-1-lead.pth"));
        byte[] zip = good.clone();
        int directory = find(zip, bytes('P', 'K', 1, 2));
        for (int field : new int[] {20, 24}) { // compressed and uncompressed size
            Arrays.fill(zip, directory + field, directory + field + 3, (byte) 0xff);
            zip[directory + field + 3] = 0x7f;
        }
        refused("size.pth", zip, Reason.DAMAGED);
    }

    @Test
    void a_zip_has_no_more_entries_than_a_network_could_need() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i <= 16_384; i++) {
            entries.put("weights/data/" + i, new byte[0]);
        }
        refused("entries.pth", TorchFile.zip(entries), Reason.TOO_LARGE);
    }

    /** Texts and integers of one hash: in a map of Java's they would be searched one by one. */
    @Test
    void keys_that_collide_cost_no_search_through_all_of_them() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(bytes(0x80, 2, '}', '('));
        for (int i = 0; i < 1 << 15; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 15; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // equal hashes
            }
            pickle.write(bytes('X', 30, 0, 0, 0));
            pickle.write(ascii(name.toString()));
            pickle.write(bytes('K', 1));
            long high = i;
            long low = name.toString().hashCode() ^ high;
            pickle.write(bytes(0x8a, 8));
            pickle.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(high << 32 | low & 0xffffffffL)
                    .array());
            pickle.write(bytes('K', 1));
        }
        pickle.write(ascii("u."));
        refused("collisions.pth", zip(pickle.toByteArray()), Reason.DAMAGED);
    }

    /** Each of the tensors would copy the one list of sizes, which is stored once. */
    @Test
    void a_list_of_sizes_that_many_tensors_share_is_not_copied_for_each() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(bytes(0x80, 2));
        pickle.write(ascii(TENSOR + "q"));
        pickle.write(bytes(0, '0'));
        pickle.write(ascii("((X"));
        pickle.write(bytes(7, 0, 0, 0));
        pickle.write(ascii("storagectorch\nFloatStorage\nX"));
        pickle.write(bytes(1, 0, 0, 0, '0', 'X', 3, 0, 0, 0));
        pickle.write(ascii("cpuK"));
        pickle.write(bytes(1));
        pickle.write(ascii("tQK"));
        pickle.write(bytes(0));
        pickle.write('(');
        for (int i = 0; i < 400_000; i++) {
            pickle.write(bytes('K', 1));
        }
        pickle.write(ascii("t2tq"));
        pickle.write(bytes(1, '0'));
        for (int i = 0; i < 100_000; i++) {
            pickle.write(bytes('h', 0, 'h', 1, 'R'));
        }
        pickle.write('.');
        refused("shared.pth", zip(pickle.toByteArray()), Reason.INVALID_TENSOR);
    }

    @Test
    void a_message_quotes_no_control_characters_and_not_without_end() throws IOException {
        String name = "a\u001b[2J\nERROR all is well \u202e" + "x".repeat(100_000);
        Path file = folder.resolve("names.pth");
        TorchFile.write(file, Map.of(name, new TorchFile.Tensor(List.of(1L), new float[1])));
        assertThatThrownBy(() -> CheckpointReader.read(file)).satisfies(e -> {
            assertThat(e.getMessage()).hasSizeLessThan(1100).doesNotContain("\n", "\u001b", "\u202e");
        });
        byte[] bytes = Files.readAllBytes(Fixtures.path("model/variants/micro-1-lead.safetensors"));
        byte[] evil = replace(bytes, "dense.bias", "dense\\nbi");
        refused("evil.safetensors", evil, null);
    }

    /** Alters what the checksum of a zip would hide: its pickle, in a container that is written anew around it. */
    @Test
    void no_altered_pickle_ends_in_another_exception_or_in_much_memory() throws IOException {
        Map<String, byte[]> entries = entries(Fixtures.path("model/variants/micro-1-lead.pth"));
        byte[] pickle = entries.get("micro-1-lead/data.pkl");
        fuzz("altered.pth", random -> {
            entries.put("micro-1-lead/data.pkl", altered(pickle, random));
            return TorchFile.zip(entries);
        });
    }

    @Test
    void no_altered_head_of_another_container_ends_in_another_exception_or_in_much_memory() throws IOException {
        for (String name : new String[] {"micro-1-lead-legacy.pth", "micro-1-lead.safetensors"}) {
            byte[] good = Files.readAllBytes(Fixtures.path("model/variants/" + name));
            fuzz(name, random -> altered(good, random));
        }
    }

    private interface Source {
        byte[] next(Random random) throws IOException;
    }

    private void fuzz(String name, Source source) throws IOException {
        long seed = Long.getLong("ecg.fuzz.seed", System.nanoTime());
        LOG.info("{}: seed {}, to repeat with -Decg.fuzz.seed={}", name, seed, seed);
        Random random = new Random(seed);
        Path file = folder.resolve(name);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            Files.write(file, source.next(random));
            try {
                refused += allocated(file) ? 0 : 1;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("file " + i + " of seed " + seed, e);
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(FILES / 2);
    }

    /** One to four alterations: of a byte, a length, a stretch that is left out, doubled, moved or overwritten by another. */
    private static byte[] altered(byte[] good, Random random) {
        byte[] bytes = good;
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(Math.min(bytes.length, 24_000));
            int length = Math.min(1 + random.nextInt(40), bytes.length - at);
            int from = random.nextInt(bytes.length - length + 1);
            byte[] stretch = Arrays.copyOfRange(bytes, from, from + length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> spliced(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(bytes, at, Math.min(4, length), bytes(0xff, 0xff, 0xff, random.nextInt(256)));
                case 2 -> spliced(bytes, at, length, new byte[0]);
                case 3 -> spliced(bytes, at, 0, stretch);
                case 4 -> spliced(bytes, at, length, stretch);
                default ->
                    random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at) : spliced(bytes, at, 0, bytes('(', '2', 'h', 1));
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, int cut, byte[] in) {
        ByteBuffer all = ByteBuffer.allocate(bytes.length - cut + in.length);
        all.put(bytes, 0, at).put(in).put(bytes, at + cut, bytes.length - at - cut);
        return all.array();
    }

    private void refused(String name, byte[] content, Reason reason) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        assertThatThrownBy(() -> CheckpointReader.read(file))
                .as(name)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(name)
                .satisfies(e -> assertThat(((CheckpointException) e).reason())
                        .as(e.getMessage())
                        .isIn((Object[]) (reason == null ? Reason.values() : new Reason[] {reason})));
        allocated(file);
    }

    /** Reads a file and counts what that allocates; tells whether it was read. Any exception but a stated one is passed on. */
    private static boolean allocated(Path file) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean read = true;
        try {
            CheckpointReader.read(file);
        } catch (CheckpointException e) {
            read = false;
            assertThat(e).hasMessageContaining(file.getFileName().toString());
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as(
                        "bytes allocated for %s of %d bytes",
                        file.getFileName(), file.toFile().length())
                .isLessThan(ALLOWED + ALLOWED_FOR_EACH_BYTE * file.toFile().length());
        return read;
    }

    /** A legacy file whose magic number and protocol are right, so that the reading goes on to what follows. */
    private static byte[] legacy(byte[] rest) throws IOException {
        byte[] good = Files.readAllBytes(Fixtures.path("model/variants/micro-1-lead-legacy.pth"));
        int system = find(good, ascii("little_endian"));
        int end = system;
        while (good[end] != '.') {
            end++;
        }
        return spliced(Arrays.copyOf(good, end + 1), end + 1, 0, rest);
    }

    private static byte[] safetensors(String shape, String range, int data) {
        byte[] header =
                ascii("{\"dense.bias\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + range + "}}");
        return ByteBuffer.allocate(8 + header.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static byte[] zip(byte[] pickle) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("weights/data.pkl", pickle);
        entries.put("weights/data/0", new byte[4]);
        return TorchFile.zip(entries);
    }

    private static Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] replace(byte[] bytes, String old, String by) {
        return spliced(bytes, find(bytes, ascii(old)), old.length(), ascii(by));
    }

    private static int find(byte[] in, byte[] what) {
        for (int i = 0; i <= in.length - what.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
