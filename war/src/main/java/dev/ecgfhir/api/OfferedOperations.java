package dev.ecgfhir.api;

import java.util.Map;
import java.util.Set;

/**
 * The extended operations that the API offers.
 *
 * <p>HAPI's providers bring more, among them {@code $expunge}, {@code $hapi.fhir.merge} and {@code $mark-all-resources-for-reindexing}. What
 * is not in this table is neither listed in the CapabilityStatement nor answered.
 */
final class OfferedOperations {
    /** By type; the empty type is the whole system. */
    private static final Map<String, Set<String>> BY_TYPE = Map.of(
            "", Set.of("interpret-status"),
            "Observation", Set.of("interpret"),
            "DiagnosticReport", Set.of("statistics"),
            "CodeSystem", Set.of("lookup", "validate-code"),
            "ConceptMap", Set.of("translate"),
            "ValueSet", Set.of("expand", "validate-code"));

    private OfferedOperations() {}

    /**
     * Returns true if an operation is offered.
     *
     * @param type resource type; empty for the whole system
     * @param operation its name, with or without the dollar sign
     */
    static boolean offered(String type, String operation) {
        String name = operation.startsWith("$") ? operation.substring(1) : operation;
        return BY_TYPE.getOrDefault(type, Set.of()).contains(name);
    }
}
