/**
 * Starts the executable WAR: unpacks it once and runs a command on the unpacked class path. Knows the JDK only, and nothing of the
 * commands but which of them want a JVM of their own.
 */
@NullMarked
package dev.ecgfhir.launcher;

import org.jspecify.annotations.NullMarked;
