package dev.ecgfhir.inference.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyRowWriterTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.npy");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 1234})
    void writes_the_bytes_of_the_same_array_written_at_once(int rows) throws IOException {
        float[] all = new float[rows * 3];
        try (NpyRowWriter writer = NpyRowWriter.open(file, 3)) {
            for (int row = 0; row < rows; row++) {
                float[] values = {row, -0.5f * row, Float.MIN_VALUE};
                System.arraycopy(values, 0, all, row * 3, 3);
                assertThat(writer.append(values)).isEqualTo(row);
            }
            writer.finish();
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(NpyFile.bytes(NpyArray.ofFloats(all, rows, 3)));
        assertThat(folder).isDirectoryContaining(one -> one.equals(file)).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void leaves_an_earlier_file_alone_until_the_new_one_is_complete() throws IOException {
        Files.writeString(file, "earlier");
        try (NpyRowWriter writer = NpyRowWriter.open(file, 2)) {
            writer.append(new float[] {1, 2});
        }

        assertThat(file).hasContent("earlier");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void refuses_a_row_of_another_length() throws IOException {
        try (NpyRowWriter writer = NpyRowWriter.open(file, 2)) {
            assertThatThrownBy(() -> writer.append(new float[3])).hasMessage("a row has 2 values, got 3");
        }
        assertThatThrownBy(() -> NpyRowWriter.open(file, 0)).hasMessage("columns must be 1 or more, was 0");
    }
}
