package dev.ecgfhir.inference.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFileTest {
    private static final String ONE_ROW = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }";

    @TempDir
    private Path directory;

    @Test
    void reads_what_it_wrote() throws IOException {
        double[][] rows = {{1.5, -2, Double.NaN}, {1e-300, Double.NEGATIVE_INFINITY, -0.0}};
        Path file = directory.resolve("a.npy");

        NpyFile.write(file, NpyArray.ofRows(rows));
        NpyArray read = NpyFile.read(file);

        assertThat(read.type()).isEqualTo(NpyType.FLOAT64);
        assertThat(read.shape()).containsExactly(2, 3);
        assertThat(Arrays.deepEquals(read.rows(), rows)).isTrue();
    }

    @Test
    void keeps_float32_and_three_axes() throws IOException {
        float[] values = {1, 2, 3, 0.1f, Float.MIN_VALUE, 6};
        Path file = directory.resolve("a.npy");

        NpyFile.write(file, NpyArray.ofFloats(values, 1, 2, 3));
        NpyArray read = NpyFile.read(file);

        assertThat(read.type()).isEqualTo(NpyType.FLOAT32);
        assertThat(read.shape()).containsExactly(1, 2, 3);
        assertThat(read.floats()).containsExactly(values);
    }

    @Test
    void writes_what_numpy_writes() throws IOException {
        byte[] numpy = NpyFileTest.class
                .getResourceAsStream("/fixtures/preprocess/shortest-28.notch.npy")
                .readAllBytes();
        Path file = directory.resolve("a.npy");

        NpyFile.write(file, NpyFile.parse(numpy));

        assertThat(Files.readAllBytes(file)).isEqualTo(numpy);
    }

    @Test
    void one_axis_has_the_tuple_of_python() throws IOException {
        Path file = directory.resolve("a.npy");

        NpyFile.write(file, NpyArray.ofDoubles(new double[] {7}, 1));

        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("'shape': (1,), }");
        assertThat(Files.size(file) % 64).isEqualTo(8);
        assertThat(NpyFile.read(file).doubles()).containsExactly(7);
    }

    @ParameterizedTest
    @CsvSource({"<i8, 8", ">i8, 8", "<i4, 4", ">i4, 4", "<i2, 2", ">i2, 2", "|i1, 1", ">f8, 8", ">f4, 4", "<f4, 4"})
    void reads_integers_and_both_byte_orders(String descr, int bytes) {
        ByteBuffer data = ByteBuffer.allocate(2 * bytes)
                .order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int value : new int[] {-3, 100}) {
            switch (descr.substring(1)) {
                case "i8" -> data.putLong(value);
                case "i4" -> data.putInt(value);
                case "i2" -> data.putShort((short) value);
                case "i1" -> data.put((byte) value);
                case "f4" -> data.putFloat(value);
                default -> data.putDouble(value);
            }
        }

        NpyArray array = NpyFile.parse(
                file("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (2,), }", data.array()));

        assertThat(array.doubles()).containsExactly(-3, 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "{'descr': '<f8', 'fortran_order': True, 'shape': (1, 2), } ~ expected C order ('fortran_order': False), found 'True'",
                "{'descr': '<c16', 'fortran_order': False, 'shape': (1,), } ~ expected element type f4, f8, i1, i2, i4 or i8, found 'c16'",
                "{'descr': '|O', 'fortran_order': False, 'shape': (2,), } ~ expected an element type such as '<f8', found '|O'",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), } ~ shape [3] of FLOAT64 needs 24 bytes of values, the file has 16",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } ~ shape [1] of FLOAT64 needs 8 bytes of values, the file has 16",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999), } ~ shape [99999, 99999] has more than 2147483647 values",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), } ~ an axis has 0..2147483647 values, found '99999999999'",
                "{'descr': '<f8', 'fortran_order': False, } ~ expected a shape such as (12, 5000), found none",
                "{'fortran_order': False, 'shape': (2,), } ~ expected an element type such as '<f8', found none",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'x': 1, } ~ the header has an entry other than descr, fortran_order and shape, or one of another form",
                "nothing ~ the header is not a dictionary"
            })
    void refuses_what_it_does_not_read_and_says_why(String header, String message) {
        assertThatThrownBy(() -> NpyFile.parse(file(header, new byte[16])))
                .isInstanceOf(NpyException.class)
                .hasMessage(message);
    }

    @Test
    void refuses_what_is_no_numpy_file_and_names_the_file() throws IOException {
        Path file = directory.resolve("a.npy");
        Files.writeString(file, "PK and more than ten bytes");

        assertThatThrownBy(() -> NpyFile.read(file))
                .isInstanceOf(NpyException.class)
                .hasMessage(file + ": not a NumPy file: it does not begin with \\x93NUMPY");
    }

    @Test
    void refuses_other_versions_of_the_format() {
        byte[] bytes = file(ONE_ROW, new byte[16]);
        bytes[6] = 2;

        assertThatThrownBy(() -> NpyFile.parse(bytes)).hasMessage("expected format 1.0, found 2.0");
    }

    @Test
    void refuses_a_header_that_is_longer_than_the_file() {
        byte[] bytes = file(ONE_ROW, new byte[0]);
        bytes[9] = 127;

        assertThatThrownBy(() -> NpyFile.parse(bytes)).hasMessageStartingWith("the header says that it has ");
    }

    @Test
    void refuses_whole_numbers_that_a_double_cannot_hold() {
        byte[] data = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong((1L << 53) + 1)
                .array();

        assertThatThrownBy(() -> NpyFile.parse(file("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", data)))
                .hasMessage("an int64 value is beyond 2^53 and has no exact double");
    }

    @Test
    void has_rows_only_with_two_axes() {
        assertThatThrownBy(() -> NpyArray.ofDoubles(new double[8], 2, 2, 2).rows())
                .hasMessage("expected an array of two axes, found shape [2, 2, 2]");
    }

    private static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .put(data)
                .array();
    }
}
