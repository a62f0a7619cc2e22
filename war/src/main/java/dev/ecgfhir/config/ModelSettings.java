package dev.ecgfhir.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which networks read the ECGs.
 *
 * @param twelveLead checkpoint of the 12-lead network
 * @param singleLead checkpoint of the 1-lead network
 * @param demonstration true if the bundled demonstration weights were asked for by name; then the other two are empty
 */
public record ModelSettings(Optional<Path> twelveLead, Optional<Path> singleLead, boolean demonstration) {}
