/**
 * From recording to interpretation: the one place that translates between the three library modules. Plain Java; it must not know
 * Camel, HAPI or the ledger.
 */
@NullMarked
package dev.ecgfhir.pipeline;

import org.jspecify.annotations.NullMarked;
