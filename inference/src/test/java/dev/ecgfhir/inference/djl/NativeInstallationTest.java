package dev.ecgfhir.inference.djl;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.inference.EngineException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On folders that look like LibTorch's; the libraries in them are empty. */
class NativeInstallationTest {
    private static final String HINT = " (docs/deployment.md, On a GPU)";

    @TempDir
    Path libtorch;

    private Path lib;

    @BeforeEach
    void unpack() throws IOException {
        lib = Files.createDirectory(libtorch.resolve("lib"));
        for (String name : new String[] {"torch", "torch_cpu", "c10", "torch_cuda", "c10_cuda"}) {
            Files.createFile(lib.resolve(System.mapLibraryName(name)));
        }
        Files.writeString(libtorch.resolve("build-version"), "2.7.1+cu128\n");
    }

    @Test
    void nothing_supplied_is_nothing_to_check() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of("PYTORCH_LIBRARY_PATH", ""))).doesNotThrowAnyException();
    }

    @Test
    void a_whole_installation_passes_whether_folder_file_or_one_of_several() {
        for (String path : new String[] {
            lib.toString(),
            lib.resolve(System.mapLibraryName("torch")).toString(),
            libtorch.resolve("gone") + File.pathSeparator + lib
        }) {
            assertThatCode(() -> check(Map.of("PYTORCH_LIBRARY_PATH", path, "PYTORCH_FLAVOR", "cu128")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        Path gone = libtorch.resolve("gone");

        refused(Map.of("PYTORCH_LIBRARY_PATH", gone.toString(), "PYTORCH_FLAVOR", "cu128"))
                .hasMessage("PYTORCH_LIBRARY_PATH is '" + gone + "', which does not exist" + HINT);
    }

    @Test
    void a_folder_without_libtorch_is_named() {
        refused(Map.of("PYTORCH_LIBRARY_PATH", libtorch.toString(), "PYTORCH_FLAVOR", "cu128"))
                .hasMessage("PYTORCH_LIBRARY_PATH is '" + libtorch + "', where there is no "
                        + System.mapLibraryName("torch") + "; it must be the folder lib of LibTorch 2.7.1" + HINT);
    }

    @Test
    void a_cpu_build_that_is_called_cuda_lacks_the_cuda_libraries() throws IOException {
        Files.delete(lib.resolve(System.mapLibraryName("torch_cuda")));
        Files.delete(lib.resolve(System.mapLibraryName("c10_cuda")));

        refused(Map.of("PYTORCH_LIBRARY_PATH", lib.toString(), "PYTORCH_FLAVOR", "cu128"))
                .hasMessage(lib + " (PYTORCH_LIBRARY_PATH) lacks " + System.mapLibraryName("torch_cuda") + ", "
                        + System.mapLibraryName("c10_cuda")
                        + "; with PYTORCH_FLAVOR=cu128 it must be the folder lib of LibTorch 2.7.1 for CUDA" + HINT);
    }

    @Test
    void another_version_is_told_by_the_file_beside_the_libraries() throws IOException {
        Files.writeString(libtorch.resolve("build-version"), "2.6.0+cu124\n");

        refused(Map.of("PYTORCH_LIBRARY_PATH", lib.toString(), "PYTORCH_FLAVOR", "cu128"))
                .hasMessage("the libraries in " + lib
                        + " (PYTORCH_LIBRARY_PATH) are of PyTorch 2.6.0+cu124, expected 2.7.1" + HINT);
    }

    @Test
    void another_version_that_is_asked_for_is_told() {
        refused(Map.of("PYTORCH_LIBRARY_PATH", lib.toString(), "PYTORCH_FLAVOR", "cu128", "PYTORCH_VERSION", "2.5.1"))
                .hasMessageContaining("are of PyTorch 2.5.1 by PYTORCH_VERSION, expected 2.7.1");
    }

    @Test
    void a_flavor_that_is_missing_or_unknown_is_told() {
        refused(Map.of("PYTORCH_LIBRARY_PATH", lib.toString()))
                .hasMessageStartingWith("PYTORCH_FLAVOR must name the kind of the libraries")
                .hasMessageContaining("was ''");
        refused(Map.of("PYTORCH_LIBRARY_PATH", lib.toString(), "PYTORCH_FLAVOR", "cu99"))
                .hasMessageContaining("was 'cu99'");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Map<String, String> environment) {
        return assertThatThrownBy(() -> check(environment))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.reason())
                                .isEqualTo(EngineException.Reason.ENGINE_UNAVAILABLE));
    }

    private static void check(Map<String, String> environment) {
        new NativeInstallation(environment, "2.7.1", Set.of("cpu", "cu128")::contains).check();
    }
}
