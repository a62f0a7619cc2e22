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
    /** Each on every stored type. */
    private static final Set<String> EVERYWHERE = Set.of("validate", "meta", "meta-add", "meta-delete");

    private static final Map<String, Set<String>> BY_TYPE = Map.of(
            "Observation", Set.of("interpret"),
            "CodeSystem", Set.of("lookup", "validate-code", "subsumes"),
            "ConceptMap", Set.of("translate"),
            "ValueSet", Set.of("expand", "validate-code"),
            "Patient", Set.of("everything"),
            "Encounter", Set.of("everything"));

    private OfferedOperations() {}

    /**
     * Returns true if an operation is offered.
     *
     * @param type resource type; empty for the whole system
     * @param operation its name, with or without the dollar sign
     */
    static boolean offered(String type, String operation) {
        String name = operation.startsWith("$") ? operation.substring(1) : operation;
        return !type.isEmpty()
                && (EVERYWHERE.contains(name)
                        || BY_TYPE.getOrDefault(type, Set.of()).contains(name));
    }
}
