package dev.ecgfhir.inference.djl;

import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.EngineException.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks at PyTorch's native libraries that the user has supplied, before DJL does: DJL passes over a folder that it cannot use and goes on
 * with the CPU libraries, or fails with words about its own files.
 *
 * <h2>References</h2>
 * DJL 0.35.1, {@code ai.djl.pytorch.jni.LibUtils}: the variables, where {@code libtorch} is looked for, and which build of DJL's own library
 * belongs to a flavor. LibTorch's distribution has its version in the file {@code build-version} beside {@code lib}.
 */
final class NativeInstallation {
    static final String FOLDER = "PYTORCH_LIBRARY_PATH";
    static final String FLAVOR = "PYTORCH_FLAVOR";
    static final String VERSION = "PYTORCH_VERSION";

    private static final List<String> ALWAYS = List.of("torch_cpu", "c10");
    private static final List<String> CUDA = List.of("torch_cuda", "c10_cuda");

    private final Map<String, String> environment;
    private final String version;
    private final Predicate<String> flavors;

    /**
     * Makes the check.
     *
     * @param environment the variables of the process
     * @param version of PyTorch that DJL is built for
     * @param flavors tells whether DJL has a build for a flavor, {@code cpu} or {@code cu128} for example
     */
    NativeInstallation(Map<String, String> environment, String version, Predicate<String> flavors) {
        this.environment = environment;
        this.version = version;
        this.flavors = flavors;
    }

    /**
     * Checks.
     *
     * @throws EngineException if there are libraries of the user's and they cannot be used
     */
    void check() {
        String given = environment.getOrDefault(FOLDER, "");
        if (given.isEmpty()) {
            return;
        }
        Path folder = folder(given);
        String flavor = environment.getOrDefault(FLAVOR, "");
        if (!flavors.test(flavor)) {
            throw refusal(FLAVOR + " must name the kind of the libraries in " + FOLDER
                    + ", cpu or cu128 for example, so that DJL has a library for them, was '" + flavor + "'");
        }
        List<String> lacking = Stream.concat(
                        ALWAYS.stream(), flavor.startsWith("cu") ? CUDA.stream() : Stream.<String>empty())
                .map(System::mapLibraryName)
                .filter(name -> !Files.isRegularFile(folder.resolve(name)))
                .toList();
        if (!lacking.isEmpty()) {
            throw refusal(folder + " (" + FOLDER + ") lacks " + String.join(", ", lacking)
                    + "; with " + FLAVOR + "=" + flavor + " it must be the folder lib of LibTorch " + version + " for "
                    + (flavor.startsWith("cu") ? "CUDA" : "CPU"));
        }
        checkVersion(folder);
    }

    /** As DJL looks: the first part of the path that has libtorch. */
    private Path folder(String given) {
        String torch = System.mapLibraryName("torch");
        List<Path> parts = Arrays.stream(given.split(File.pathSeparator))
                .filter(part -> !part.isBlank())
                .map(Path::of)
                .toList();
        if (parts.stream().noneMatch(Files::exists)) {
            throw refusal(FOLDER + " is '" + given + "', which does not exist");
        }
        return parts.stream()
                .map(part -> Files.isRegularFile(part) && part.endsWith(torch)
                        ? Objects.requireNonNullElse(part.getParent(), Path.of("."))
                        : part)
                .filter(part -> Files.isRegularFile(part.resolve(torch)))
                .findFirst()
                .orElseThrow(() -> refusal(FOLDER + " is '" + given + "', where there is no " + torch
                        + "; it must be the folder lib of LibTorch " + version));
    }

    private void checkVersion(Path folder) {
        String named = environment.getOrDefault(VERSION, version);
        String found = buildVersion(folder).orElse(named);
        for (String one : List.of(named, found)) {
            if (!one.equals(version) && !one.startsWith(version + "+")) {
                throw refusal("the libraries in " + folder + " (" + FOLDER + ") are of PyTorch " + one
                        + (one.equals(named) ? " by " + VERSION : "") + ", expected " + version);
            }
        }
    }

    private static Optional<String> buildVersion(Path folder) {
        Path file = folder.toAbsolutePath().resolveSibling("build-version");
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(
                            Files.readString(file, StandardCharsets.ISO_8859_1).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // then the libraries themselves have to tell
        }
    }

    private static EngineException refusal(String message) {
        return new EngineException(Reason.ENGINE_UNAVAILABLE, message + " (docs/deployment.md, On a GPU)");
    }
}
