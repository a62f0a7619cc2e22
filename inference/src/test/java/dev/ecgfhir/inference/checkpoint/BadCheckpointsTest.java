package dev.ecgfhir.inference.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import dev.ecgfhir.inference.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The damaged and hostile files of {@code fixtures/model/bad}; its {@code bad.json} says what is wrong with each. */
class BadCheckpointsTest {
    /** What this reader accepts of them: a value that the network never uses, and a conversion that loses nothing that matters. */
    private static final Set<String> ACCEPTED = Set.of("bn-nan.pth", "mixed-dtype.pth");

    @ParameterizedTest
    @CsvSource(textBlock = """
            empty.pth,                      NOT_A_CHECKPOINT,  is empty
            text.pth,                       NOT_A_CHECKPOINT,  does not begin like
            truncated-half.pth,             DAMAGED,           most likely the file is truncated
            truncated-tail.pth,             DAMAGED,           most likely the file is truncated
            bit-flip.pth,                   DAMAGED,           'micro-1-lead/data/182' has CRC-32
            short-storage.pth,              DAMAGED,           the pickle says
            long-storage.pth,               DAMAGED,           the pickle says
            missing-storage.pth,            DAMAGED,           data/182' is absent
            big-endian.pth,                 UNSUPPORTED,       byteorder is 'big'; expected 'little'
            calls-os-system.pth,            UNSAFE,            'posix.system'
            calls-os-system-plain.pth,      UNSAFE,            'posix.system'
            wrong-shape.pth,                WRONG_SHAPE,       'dense.weight' has shape [150, 7]; expected [150, 8]
            wrong-kernel.pth,               WRONG_SHAPE,       'stage_list.3.block_list.0.conv2.conv.weight' has shape [8, 8, 15]; expected [8, 8, 16]
            missing-key.pth,                MISSING_WEIGHT,    'stage_list.4.block_list.0.conv3.conv.bias' is absent
            unknown-key.pth,                UNEXPECTED_WEIGHT, 'stage_list.9.block_list.0.conv1.conv.weight' has no place
            weight-nan.pth,                 NOT_FINITE,        'stage_list.2.block_list.0.conv2.conv.weight' holds NaN
            weight-inf.pth,                 NOT_FINITE,        'stage_list.2.block_list.0.conv2.conv.weight' holds Infinity
            not-a-tensor.pth,               INVALID_TENSOR,    'dense.bias' of the state dict is no tensor
            no-state-dict.pth,              NO_STATE_DICT,     neither 'state_dict' nor tensors
            empty-state-dict.pth,           NO_STATE_DICT,     the state dict is empty
            path-traversal.pth,             UNSAFE,            '../../outside.txt' does not lie in a folder
            inflates.pth,                   UNSUPPORTED,       is compressed
            huge-size.pth,                  INVALID_TENSOR,    needs 1099511627776 elements
            zero-stride-huge.pth,           INVALID_TENSOR,    needs 1099511627776 elements
            offset-outside.pth,             INVALID_TENSOR,    reaches element 1149
            negative-offset.pth,            INVALID_TENSOR,    starts at element -4
            deep-pickle.pth,                TOO_LARGE,         nested more than 1000 deep
            truncated.safetensors,          DAMAGED,           do not lie in the
            header-too-long.safetensors,    DAMAGED,           header claims 1152921504606846976 bytes
            header-past-end.safetensors,    DAMAGED,           the safetensors header claims
            not-json.safetensors,           DAMAGED,           is not valid JSON
            overlap.safetensors,            DAMAGED,           tensor 'dense.
            offset-outside.safetensors,     DAMAGED,           'dense.bias'
            unknown-dtype.safetensors,      UNSUPPORTED,       dtype 'F99' is not known
            shape-overflow.safetensors,     INVALID_TENSOR,    overflows 64 bits
            negative-shape.safetensors,     INVALID_TENSOR,    found -150
            """, quoteCharacter = '"')
    void refuses(String file, Reason reason, String text) {
        Path bad = Fixtures.path("model/bad/" + file);

        assertThatThrownBy(() -> CheckpointReader.read(bad))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(bad.toString())
                .hasMessageContaining(text)
                .satisfies(e -> assertThat(((CheckpointException) e).reason()).isEqualTo(reason));
    }

    @Test
    void accepts_what_does_not_change_the_network() {
        for (String file : ACCEPTED) {
            Network network = CheckpointReader.read(Fixtures.path("model/bad/" + file));
            Network good = CheckpointReader.read(Fixtures.path("model/variants/micro-1-lead.pth"));
            for (Architecture.Weight weight : good.architecture().weights()) {
                assertThat(network.weight(weight.name()))
                        .as("%s, %s", file, weight.name())
                        .isEqualTo(good.weight(weight.name()));
            }
        }
    }

    @Test
    void no_bad_file_is_forgotten_and_none_leaves_a_trace() throws IOException {
        Path outside = Fixtures.path("model").resolve("outside.txt");
        List<String> files = new ArrayList<>();
        Fixtures.json("model/bad/bad.json")
                .get("files")
                .forEach(f -> files.add(f.get("file").asText()));

        List<String> accepted = files.stream()
                .filter(file -> catchThrowable(() -> CheckpointReader.read(Fixtures.path("model/bad/" + file))) == null)
                .toList();

        assertThat(files).hasSize(38);
        assertThat(accepted).containsExactlyInAnyOrderElementsOf(ACCEPTED);
        assertThat(outside).doesNotExist();
    }

    /** Whatever one flipped byte does: the file is refused by a reason, or reads as before (a byte that nothing depends on). */
    @Test
    void no_flipped_byte_ends_in_another_exception_or_in_other_weights(@TempDir Path folder) throws IOException {
        Network good = CheckpointReader.read(Fixtures.path("model/variants/micro-1-lead.pth"));
        byte[] bytes = Files.readAllBytes(Fixtures.path("model/variants/micro-1-lead.pth"));
        Random random = new Random(4);
        Path file = folder.resolve("flipped.pth");
        for (int i = 0; i < 300; i++) {
            byte[] flipped = bytes.clone();
            int at = random.nextInt(bytes.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            try {
                Network read = CheckpointReader.read(file);
                for (Architecture.Weight weight : good.architecture().weights()) {
                    assertThat(read.weight(weight.name())).as("byte %d", at).isEqualTo(good.weight(weight.name()));
                }
            } catch (CheckpointException e) {
                assertThat(e).hasMessageContaining("flipped.pth");
            }
        }
    }

    /** Neither container has checksums, so every altered byte of the pickle or the header reaches the readers. */
    @ParameterizedTest
    @ValueSource(strings = {"micro-1-lead-legacy.pth", "micro-1-lead.safetensors"})
    void no_altered_byte_in_a_container_without_checksums_ends_in_another_exception(String name, @TempDir Path folder)
            throws IOException {
        byte[] bytes = Files.readAllBytes(Fixtures.path("model/variants/" + name));
        Random random = new Random(7);
        Path file = folder.resolve(name);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] altered = bytes.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                altered[random.nextInt(20_000)] = (byte) random.nextInt(256);
            }
            Files.write(file, altered);
            try {
                assertThat(CheckpointReader.read(file).usedWeights()).isPositive();
            } catch (CheckpointException e) {
                assertThat(e).hasMessageContaining(name);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(330);
    }
}
