package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.source.RecordingSource;
import java.util.Optional;

/**
 * A source at work.
 *
 * @param config what was asked for
 * @param source the server
 * @param reader reads its Observations
 * @param pause whether it is left in peace
 * @param watch whether this node polls it
 * @param target where its reports go
 * @param targetBase that server's address; empty if it is the source itself
 */
record SourceLane(
        SourceRouteConfig config,
        RecordingSource source,
        ObservationReader reader,
        Pause pause,
        Watch watch,
        TargetRouteConfig target,
        Optional<String> targetBase) {
    static SourceLane of(
            SourceRouteConfig config, RecordingSource source, Pause pause, Watch watch, TargetRouteConfig target) {
        Optional<String> targetBase = target.url().equals(source.base()) ? Optional.empty() : Optional.of(target.url());
        return new SourceLane(
                config, source, new ObservationReader(config.reading()), pause, watch, target, targetBase);
    }

    /**
     * Returns how it stands.
     *
     * @param told what its subscription said last
     */
    Lane lane(Optional<Lane.Told> told) {
        return new Lane(
                config.name(),
                config.url(),
                Lane.Kind.SOURCE,
                !pause.isOver(),
                pause.failures(),
                Optional.of(watch.poller()),
                watch.isMine() ? told : Optional.empty());
    }
}
