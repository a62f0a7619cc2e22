package dev.ecgfhir.config;

import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.source.Access;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.routes.ArchiveConfig;
import dev.ecgfhir.routes.JoinConfig;
import dev.ecgfhir.routes.SubscriptionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A FHIR server to read ECGs from.
 *
 * @param name how the configuration calls it
 * @param server its address
 * @param pollInterval pause between two looks
 * @param overlap how far each look goes back before the last one
 * @param sweepInterval how often everything is searched again from further back
 * @param deletionsInterval how often deletions are looked for; 0 never
 * @param pageSize resources asked for on one page
 * @param query FHIR search parameters, which Observations are looked at; empty: those with an ECG code
 * @param reading what its ECGs leave to agreement, and how long they may be
 * @param workers most of its ECGs in work at once; empty: as many as of all sources together
 * @param target name of the target or source that gets the reports; empty: the source itself
 * @param archive what is done with what it had before we came
 * @param subscription what it is asked to tell by itself; empty: nothing
 * @param join how ECGs are joined whose leads are one Observation each; empty: they are not
 * @param limits what it is asked at most, and may answer
 * @param access how the server is reached and told who we are
 */
public record SourceSettings(
        String name,
        ServerAddress server,
        Duration pollInterval,
        Duration overlap,
        Duration sweepInterval,
        Duration deletionsInterval,
        int pageSize,
        Map<String, List<String>> query,
        ReadOptions reading,
        Optional<Integer> workers,
        Optional<String> target,
        ArchiveConfig archive,
        Optional<SubscriptionConfig> subscription,
        Optional<JoinConfig> join,
        FhirClients.Limits limits,
        Access access) {
    /** Copies the query. */
    public SourceSettings {
        query = Map.copyOf(query);
    }
}
