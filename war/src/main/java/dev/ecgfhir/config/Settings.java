package dev.ecgfhir.config;

import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.routes.NodeConfig;
import dev.ecgfhir.routes.kafka.KafkaConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All settings, checked.
 *
 * @param dataDirectory everything that the server writes
 * @param baseUrl address of this application without /fhir; empty: http://localhost and the port
 * @param model which networks read the ECGs
 * @param inference how they are run
 * @param serving how many callers are served by few forward passes
 * @param mainsHertz mains frequency, 50 or 60
 * @param interpret what ECGs that {@code $interpret} is given leave to agreement, and how long they may be
 * @param work how ECGs from sources are worked on
 * @param node this server among those that share the ledger
 * @param kafka carries work between these; empty: each asks the ledger
 * @param globalPatientSetOnly true if only concepts of the SNOMED CT Global Patient Set may be used
 * @param report how reports are written
 * @param overlay file with what the site adds to the terminology
 * @param repository the embedded FHIR repository
 * @param cdsHooks the CDS Hooks service
 * @param ledger database of the ledger
 * @param sources servers to read from, by name
 * @param targets servers to write to that are not sources, by name
 */
public record Settings(
        Path dataDirectory,
        Optional<URI> baseUrl,
        ModelSettings model,
        InferenceConfig inference,
        ServingSettings serving,
        int mainsHertz,
        ReadOptions interpret,
        WorkSettings work,
        NodeConfig node,
        Optional<KafkaConfig> kafka,
        boolean globalPatientSetOnly,
        ReportOptions report,
        Optional<Path> overlay,
        RepositorySettings repository,
        CdsHooksSettings cdsHooks,
        DatabaseSettings ledger,
        List<SourceSettings> sources,
        List<TargetSettings> targets) {
    /** Copies the lists. */
    public Settings {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }

    /** Returns how {@code $interpret} reads an ECG of the embedded repository: as the source that is the repository, if there is one. */
    public ReadOptions interpretStored() {
        return sources.stream()
                .filter(source -> source.server().self())
                .findFirst()
                .map(SourceSettings::reading)
                .orElse(interpret);
    }
}
