package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.VoltageUnit;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.fhir.source.SourceQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A FHIR server that is read from.
 *
 * @param name letters, digits, dash, dot and underscore; stands in the ids of routes and in logs
 * @param url base address
 * @param pollInterval pause between two polls, at least 10 ms
 * @param pageSize rows a page, 1..1000; rows are id and meta only
 * @param overlap how far before the watermark a poll begins
 * @param sweepInterval how often everything is searched again from further back, at least 10 ms; a row is found that becomes visible
 *     within one interval of its stamp
 * @param deletionsInterval how often deletions are looked for in the server's history, where it has one; 0 never
 * @param query FHIR search parameters on Observation that replace the default ones; empty for ECGs by their usual codes
 * @param defaultUnit unit of samples that name none; empty refuses them
 * @param target name of the target that its reports go to; empty for the source itself
 * @param archive what is done with what it had before we came
 * @param subscription what it is asked to tell us by itself; empty: it is only polled
 */
public record SourceRouteConfig(
        String name,
        String url,
        Duration pollInterval,
        int pageSize,
        Duration overlap,
        Duration sweepInterval,
        Duration deletionsInterval,
        Map<String, List<String>> query,
        Optional<VoltageUnit> defaultUnit,
        Optional<String> target,
        ArchiveConfig archive,
        Optional<SubscriptionConfig> subscription) {
    /** Copies the query and checks name and interval; page size and overlap are checked as a query. */
    public SourceRouteConfig {
        Names.check("source", name);
        url = FhirClients.withoutSlash(url);
        query = Map.copyOf(query);
        if (pollInterval.toMillis() < 10) {
            throw new IllegalArgumentException(
                    "source " + name + ": poll interval must be at least 10 ms, was " + pollInterval);
        }
        if (sweepInterval.toMillis() < 10 || deletionsInterval.isNegative()) {
            throw new IllegalArgumentException("source " + name
                    + ": sweep interval must be at least 10 ms and that of deletions not negative, were "
                    + sweepInterval + " and " + deletionsInterval);
        }
    }

    /** Returns a source with the defaults: polled every 5 s, 50 rows a page, 10 s overlap, a sweep each hour, deletions each minute, reports back to itself. */
    public static SourceRouteConfig of(String name, String url) {
        return new SourceRouteConfig(
                name,
                url,
                Duration.ofSeconds(5),
                50,
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                ArchiveConfig.defaults(),
                Optional.empty());
    }

    /** Returns this source polled at another interval. */
    public SourceRouteConfig every(Duration interval) {
        return new SourceRouteConfig(
                name,
                url,
                interval,
                pageSize,
                overlap,
                sweepInterval,
                deletionsInterval,
                query,
                defaultUnit,
                target,
                archive,
                subscription);
    }

    /** Returns this source with other intervals of sweeps and of the look for deletions. */
    public SourceRouteConfig sweptEvery(Duration sweeps, Duration deletions) {
        return new SourceRouteConfig(
                name,
                url,
                pollInterval,
                pageSize,
                overlap,
                sweeps,
                deletions,
                query,
                defaultUnit,
                target,
                archive,
                subscription);
    }

    /** Returns this source with reports to another server. */
    public SourceRouteConfig reportingTo(String targetName) {
        return new SourceRouteConfig(
                name,
                url,
                pollInterval,
                pageSize,
                overlap,
                sweepInterval,
                deletionsInterval,
                query,
                defaultUnit,
                Optional.of(targetName),
                archive,
                subscription);
    }

    /** Returns this source with its archive treated otherwise. */
    public SourceRouteConfig with(ArchiveConfig newArchive) {
        return new SourceRouteConfig(
                name,
                url,
                pollInterval,
                pageSize,
                overlap,
                sweepInterval,
                deletionsInterval,
                query,
                defaultUnit,
                target,
                newArchive,
                subscription);
    }

    /** Returns this source asked for a subscription. */
    public SourceRouteConfig subscribed(SubscriptionConfig newSubscription) {
        return new SourceRouteConfig(
                name,
                url,
                pollInterval,
                pageSize,
                overlap,
                sweepInterval,
                deletionsInterval,
                query,
                defaultUnit,
                target,
                archive,
                Optional.of(newSubscription));
    }

    SourceQuery sourceQuery() {
        SourceQuery ecgs = SourceQuery.ecgs().withPageSize(pageSize).withOverlap(overlap);
        return query.isEmpty() ? ecgs : ecgs.withParameters(query);
    }
}
