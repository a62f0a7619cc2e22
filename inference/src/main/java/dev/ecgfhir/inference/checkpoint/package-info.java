/**
 * Reads published checkpoints and works out the network's architecture from their shapes. It must execute nothing that a file
 * contains and know nothing but the JDK.
 */
@NullMarked
package dev.ecgfhir.inference.checkpoint;

import org.jspecify.annotations.NullMarked;
