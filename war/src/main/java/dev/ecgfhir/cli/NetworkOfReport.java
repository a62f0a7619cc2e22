package dev.ecgfhir.cli;

import dev.ecgfhir.config.ModelSettings;
import dev.ecgfhir.config.NamedModel;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.ThresholdsFile;
import dev.ecgfhir.inference.checkpoint.FileHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
            if (hash.equals("sha256:" + FileHash.sha256(file))) {
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
}
