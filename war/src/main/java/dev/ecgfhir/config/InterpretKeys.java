package dev.ecgfhir.config;

import java.util.List;

/** Settings of how {@code $interpret} reads an ECG; {@link Settings}. */
final class InterpretKeys {
    static final Key MAXIMUM_POINTS = Key.of(
            "ecgfhir.interpret.maximum-points",
            "4000000",
            "1..100000000",
            "Most samples of one ECG that $interpret reads, all leads together. One with more is refused (TOO_LONG, 422). An ECG of this server is read as its source says where a source is self.");
    static final Key DEFAULT_UNIT = Key.of(
            "ecgfhir.interpret.default-unit",
            "",
            "mV, uV, nV or V",
            "Unit of samples that carry none, for $interpret. Without it such an ECG is refused.");
    static final Key LEAD_ORDER = Key.of(
            "ecgfhir.interpret.lead-order",
            "",
            "leads separated by commas, each once",
            "Leads of an ECG in which nothing names any, for $interpret, whoever calls it. Without it such an ECG is refused.");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL = List.of(MAXIMUM_POINTS, DEFAULT_UNIT, LEAD_ORDER);

    private InterpretKeys() {}
}
