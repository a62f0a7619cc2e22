package dev.ecgfhir.config;

import java.nio.file.Path;

/**
 * A further network, which reads only what asks for it.
 *
 * @param name by which it is asked for
 * @param file its checkpoint
 */
public record NamedModel(String name, Path file) {}
