package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.fhir.source.SourceQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A FHIR server that is read from; made by {@link #at}.
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
 * @param reading what its ECGs leave to agreement, and how long they may be
 * @param workers most of its ECGs in work at once, 1..256; empty for as many as {@link WorkConfig} says
 * @param target name of the target that its reports go to; empty for the source itself
 * @param archive what is done with what it had before we came
 * @param subscription what it is asked to tell us by itself; empty: it is only polled
 * @param join how ECGs are joined whose leads are one Observation each; empty: they are not
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
        ReadOptions reading,
        Optional<Integer> workers,
        Optional<String> target,
        ArchiveConfig archive,
        Optional<SubscriptionConfig> subscription,
        Optional<JoinConfig> join) {
    /** Copies the query and checks name, intervals and workers; page size and overlap are checked as a query. */
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
        if (workers.filter(number -> number < 1 || number > 256).isPresent()) {
            throw new IllegalArgumentException("source " + name + ": workers must be in 1..256, was " + workers.get());
        }
    }

    /**
     * Begins a source with the defaults: polled every 5 s, 50 rows a page, 10 s overlap, a sweep each hour, deletions each minute, ECGs by
     * their usual codes read without any agreement, reports back to itself.
     */
    public static Builder at(String name, String url) {
        return new Builder(name, url);
    }

    SourceQuery sourceQuery() {
        SourceQuery ecgs = SourceQuery.ecgs().withPageSize(pageSize).withOverlap(overlap);
        return query.isEmpty() ? ecgs : ecgs.withParameters(query);
    }

    int workers(WorkConfig work) {
        return workers.orElse(work.interpretWorkers());
    }

    /** Collects what differs from the defaults. Not safe to share between threads. */
    public static final class Builder {
        private final String name;
        private final String url;
        private Duration pollInterval = Duration.ofSeconds(5);
        private int pageSize = 50;
        private Duration overlap = Duration.ofSeconds(10);
        private Duration sweepInterval = Duration.ofHours(1);
        private Duration deletionsInterval = Duration.ofMinutes(1);
        private Map<String, List<String>> query = Map.of();
        private ReadOptions reading = ReadOptions.defaults();
        private Optional<Integer> workers = Optional.empty();
        private Optional<String> target = Optional.empty();
        private ArchiveConfig archive = ArchiveConfig.defaults();
        private Optional<SubscriptionConfig> subscription = Optional.empty();
        private Optional<JoinConfig> join = Optional.empty();

        private Builder(String name, String url) {
            this.name = name;
            this.url = url;
        }

        /** Has it polled at another interval. */
        public Builder every(Duration interval) {
            pollInterval = interval;
            return this;
        }

        /** Has pages of another size. */
        public Builder pages(int rows) {
            pageSize = rows;
            return this;
        }

        /** Has polls begin further before the watermark, or less far. */
        public Builder overlapping(Duration time) {
            overlap = time;
            return this;
        }

        /** Has sweeps and the look for deletions at other intervals. */
        public Builder sweptEvery(Duration sweeps, Duration deletions) {
            sweepInterval = sweeps;
            deletionsInterval = deletions;
            return this;
        }

        /** Has other Observations looked at. */
        public Builder query(Map<String, List<String>> parameters) {
            query = parameters;
            return this;
        }

        /** Has its ECGs read otherwise. */
        public Builder reading(ReadOptions options) {
            reading = options;
            return this;
        }

        /** Has another number of its ECGs in work at once. */
        public Builder workers(int most) {
            workers = Optional.of(most);
            return this;
        }

        /** Has its reports go to another server. */
        public Builder reportingTo(String targetName) {
            target = Optional.of(targetName);
            return this;
        }

        /** Has its archive treated otherwise. */
        public Builder archive(ArchiveConfig newArchive) {
            archive = newArchive;
            return this;
        }

        /** Has it asked to tell us by itself. */
        public Builder subscribed(SubscriptionConfig newSubscription) {
            subscription = Optional.of(newSubscription);
            return this;
        }

        /** Has ECGs joined whose leads are one Observation each. */
        public Builder joining(JoinConfig how) {
            join = Optional.of(how);
            return this;
        }

        /** Returns the source. */
        public SourceRouteConfig build() {
            return new SourceRouteConfig(
                    name,
                    url,
                    pollInterval,
                    pageSize,
                    overlap,
                    sweepInterval,
                    deletionsInterval,
                    query,
                    reading,
                    workers,
                    target,
                    archive,
                    subscription,
                    join);
        }
    }
}
