package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What engine {@code auto} becomes, in a Java of its own for each case; the log says why. */
class ContestTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    void the_slower_engine_is_passed_over() throws Exception {
        assertThat(java(MODULE))
                .containsPattern(
                        "engine '(vector|pytorch)' is passed over: it takes [0-9.]+ ms for a window, '(pytorch|vector)' [0-9.]+ ms")
                .containsPattern("STARTED (Java vectors|PyTorch)");
    }

    @Test
    void java_without_its_second_compiler_does_not_try_vectors() throws Exception {
        assertThat(java(MODULE, "-XX:TieredStopAtLevel=1"))
                .contains("engine 'vector' is passed over: this JVM runs without its second compiler")
                .contains("STARTED PyTorch");
    }

    @Test
    void without_the_module_pytorch_runs_and_the_log_says_what_is_missing() throws Exception {
        assertThat(java("-Xshare:auto"))
                .contains("only engine 'pytorch' is there: engine 'vector' needs the module jdk.incubator.vector")
                .contains("STARTED PyTorch");
    }

    /** Starts {@code auto}. */
    public static void main(String[] args) {
        Path micro = Fixtures.path("model/variants/micro-1-lead.pth");
        try (LoadedModel loaded = EcgModels.load(micro, new InferenceConfig("auto", "cpu", 1))) {
            System.out.println("STARTED " + loaded.model().engine());
        }
    }

    private static String java(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ContestTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
