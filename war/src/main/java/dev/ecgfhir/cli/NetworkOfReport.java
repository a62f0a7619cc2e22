package dev.ecgfhir.cli;

import dev.ecgfhir.config.ModelSettings;
import dev.ecgfhir.config.NamedModel;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.ThresholdsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The network that a report names, out of those that the settings name, with the settings' table of thresholds for it. */
final class NetworkOfReport {
    private final ModelSettings settings;
    private final String hash;

    /**
     * Prepares the search.
     *
     * @param settings networks and tables
     * @param hash {@code sha256:<hex>} of the network's file
     */
    NetworkOfReport(ModelSettings settings, String hash) {
        this.settings = settings;
        this.hash = hash;
    }

    /**
     * Loads it alone, or the demonstration weights where the settings name no network.
     *
     * @return empty if it is none of the settings' networks
     */
    Optional<GivenModels> load(Precision precision) throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            return Optional.of(GivenModels.load(List.of(), precision));
        }
        for (Path file : files) {
            if (hash.equals("sha256:" + sha256(file))) {
                return Optional.of(GivenModels.load(List.of(file), precision));
            }
        }
        return Optional.empty();
    }

    /** Returns the tables of thresholds that were made for it. */
    List<Path> thresholds() {
        return Stream.of(settings.twelveLeadThresholds(), settings.singleLeadThresholds())
                .flatMap(Optional::stream)
                .filter(table ->
                        ThresholdsFile.modelOf(table).filter(hash::equals).isPresent())
                .toList();
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        settings.twelveLead().ifPresent(files::add);
        settings.singleLead().ifPresent(files::add);
        settings.others().stream().map(NamedModel::file).forEach(files::add);
        return files;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
