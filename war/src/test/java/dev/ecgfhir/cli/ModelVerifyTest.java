package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVerifyTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void weights() {
        model = CommandRun.weights(1, folder);
    }

    @Test
    void shows_how_far_each_engine_is_from_plain_loops() {
        CommandRun run = CommandRun.of("model", "verify", "--model", model, "--json");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        JsonNode line = run.json().get(0);
        assertThat(line.get("outcome").asText()).isEqualTo("ok");
        assertThat(line.get("leads").intValue()).isEqualTo(1);
        assertThat(line.get("pinned").booleanValue()).isFalse();
        JsonNode pytorch = engine(line, "pytorch");
        assertThat(pytorch.get("verdict").asText()).isEqualTo("agrees");
        assertThat(pytorch.get("largestDifference").doubleValue())
                .isPositive()
                .isLessThan(pytorch.get("allowed").doubleValue());
        assertThat(engine(line, "vector").get("verdict").asText()).isIn("agrees", "unavailable");
    }

    @Test
    void holds_the_file_against_a_hash() {
        String hash = CommandRun.of("model", "info", "--model", model, "--json")
                .json()
                .get(0)
                .get("sha256")
                .asText();

        CommandRun right = CommandRun.of("model", "verify", "--model", model, "--sha256", hash, "--engine", "pytorch");
        CommandRun wrong = CommandRun.of("model", "verify", "--model", model, "--sha256", "0".repeat(64), "--json");

        assertThat(right.code()).as(right.out()).isZero();
        assertThat(right.out()).contains("(as asked for)", "all finite", "agrees with float64", "  sound");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.json().get(0).get("outcome").asText()).isEqualTo("refused");
        assertThat(wrong.json().get(0).get("reason").asText()).isEqualTo("WRONG_HASH");
        assertThat(wrong.json().get(0).get("detail").asText()).contains(model.toString(), hash, "0".repeat(64));
    }

    @Test
    void refuses_a_damaged_file_with_its_reason() throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        Path damaged = Files.write(folder.resolve("damaged.pth"), Arrays.copyOf(bytes, bytes.length / 2));

        CommandRun run = CommandRun.of("model", "verify", "--model", damaged, "--json");
        CommandRun missing = CommandRun.of("model", "verify", "--model", folder.resolve("missing.pth"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().get(0).get("reason").asText()).isEqualTo("DAMAGED");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.out()).startsWith("refused: UNREADABLE: no weights at ");
    }

    private static JsonNode engine(JsonNode line, String name) {
        return StreamSupport.stream(line.get("engines").spliterator(), false)
                .filter(engine -> engine.get("engine").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
