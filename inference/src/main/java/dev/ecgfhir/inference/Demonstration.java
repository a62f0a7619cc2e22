package dev.ecgfhir.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bundled demonstration weights, known by their hash. They are not ECGFounder. */
enum Demonstration {
    TWELVE_LEAD(12, "demo-12-lead", "91f6e7c83ef1eaff928067878b546b5f680441489c3618759bd390d7eb746730"),
    SINGLE_LEAD(1, "demo-1-lead", "7f621f60c5056b6efd56abe5d944527e699f09d39c99baf11d81729557db3e7f");

    private static final String FOLDER = "demonstration/";

    private final int leads;
    private final String file;
    private final String sha256;

    Demonstration(int leads, String file, String sha256) {
        this.leads = leads;
        this.file = file;
        this.sha256 = sha256;
    }

    /** Returns the bundled weights that have this hash, if any. */
    static Optional<Demonstration> withHash(String sha256) {
        return Stream.of(values()).filter(d -> d.sha256.equals(sha256)).findFirst();
    }

    /** Returns the bundled weights for a number of leads. */
    static Demonstration of(int leads) {
        return Stream.of(values())
                .filter(d -> d.leads == leads)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there are demonstration weights for 12 leads and for 1, not for " + leads));
    }

    String sha256() {
        return sha256;
    }

    Thresholds thresholds(List<Label> labels) {
        String resource = FOLDER + file + ".thresholds.csv";
        return ThresholdsReader.read(resource, Labels.text(resource), labels);
    }

    /** Copies the weights out of the jar to a temporary file, which the caller deletes. */
    Path copy() throws IOException {
        String resource = FOLDER + file + ".pth";
        Path copy = Files.createTempFile(file + "-", ".pth");
        try (@Nullable InputStream in = Demonstration.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            Files.copy(in, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException | RuntimeException e) {
            Files.delete(copy);
            throw e;
        }
    }
}
