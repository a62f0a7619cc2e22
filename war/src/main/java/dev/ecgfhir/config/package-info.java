/**
 * Typed settings, read once, with all mistakes reported together. The environment and property files are read here and nowhere
 * else; nothing here opens a connection or loads a model.
 */
@NullMarked
package dev.ecgfhir.config;

import org.jspecify.annotations.NullMarked;
