package dev.ecgfhir.fhir.source;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a source is asked for.
 *
 * @param parameters FHIR search parameters on Observation, in their FHIR form ({@code code} -> {@code system|code,system|code}); each
 *     value of a list is a repetition of the parameter. {@code _lastUpdated}, {@code _count}, {@code _elements} and {@code _sort} are
 *     added by the source
 * @param pageSize rows a page, 1..1000; rows are id and meta only
 * @param overlap how far before the watermark a poll begins: rows become visible when their transaction ends, but bear the time at
 *     which it began, so this must be longer than the longest transaction
 */
public record SourceQuery(Map<String, List<String>> parameters, int pageSize, Duration overlap) {
    // ISO/IEEE 11073-10101: MDC_ECG_ELEC_POTL is 2 * 65536 + 256; leads I, II, V1..V6 are + 1..8, III, aVR, aVL, aVF
    // are + 61..64
    private static final int ELEC_POTL = 131328;

    private static final List<String> MDC_SYSTEMS =
            List.of("urn:oid:2.16.840.1.113883.6.24", "urn:iso:std:iso:11073:10101");

    /** Copies the parameters and checks the ranges. */
    public SourceQuery {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        parameters.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        for (String ours : List.of("_lastUpdated", "_count", "_elements", "_sort", "_summary")) {
            if (copy.containsKey(ours)) {
                throw new IllegalArgumentException(
                        "'" + ours + "' is set by the source itself and cannot be a search parameter");
            }
        }
        parameters = Collections.unmodifiableMap(copy);
        if (pageSize < 1 || pageSize > 1000) {
            throw new IllegalArgumentException("page size must be in 1..1000, was " + pageSize);
        }
        if (overlap.isNegative()) {
            throw new IllegalArgumentException("overlap must not be negative, was " + overlap);
        }
    }

    /** Returns ECGs by their usual codes (MDC 131328 and the twelve leads in both systems, LOINC 11524-6), 50 a page, 10 s overlap. */
    public static SourceQuery ecgs() {
        return new SourceQuery(Map.of("code", List.of(ecgCodes())), 50, Duration.ofSeconds(10));
    }

    /** Returns the same query with another page size. */
    public SourceQuery withPageSize(int rows) {
        return new SourceQuery(parameters, rows, overlap);
    }

    /** Returns the same query with another overlap. */
    public SourceQuery withOverlap(Duration newOverlap) {
        return new SourceQuery(parameters, pageSize, newOverlap);
    }

    /** Returns the same query with other search parameters. */
    public SourceQuery withParameters(Map<String, List<String>> newParameters) {
        return new SourceQuery(newParameters, pageSize, overlap);
    }

    private static String ecgCodes() {
        List<Integer> mdc = IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 61, 62, 63, 64)
                .map(lead -> ELEC_POTL + lead)
                .boxed()
                .toList();
        return Stream.concat(
                        MDC_SYSTEMS.stream().flatMap(system -> mdc.stream().map(code -> system + "|" + code)),
                        Stream.of("http://loinc.org|11524-6"))
                .collect(Collectors.joining(","));
    }
}
