/**
 * What callers of the network see: model, model input, scores, labels and thresholds. It must not know FHIR, Camel, Spring,
 * nor the engine that runs the network.
 */
@NullMarked
package dev.ecgfhir.inference;

import org.jspecify.annotations.NullMarked;
