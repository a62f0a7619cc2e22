package dev.ecgfhir.config;

import java.time.Duration;
import java.util.Optional;

/**
 * A FHIR server to read ECGs from.
 *
 * @param name how the configuration calls it
 * @param server its address
 * @param pollInterval pause between two looks
 * @param overlap how far each look goes back before the last one
 * @param pageSize resources asked for on one page
 * @param query which Observations are looked at; empty: those with an ECG code
 * @param defaultUnit unit of samples that carry none; empty: such an ECG is refused
 * @param target name of the server that gets the reports; empty: the source itself
 */
public record SourceSettings(
        String name,
        ServerAddress server,
        Duration pollInterval,
        Duration overlap,
        int pageSize,
        Optional<String> query,
        Optional<String> defaultUnit,
        Optional<String> target) {}
