/**
 * Many callers, few forward passes: a bounded queue with priorities, batches, back-pressure, and what is done when a device runs out of
 * memory or is lost. It must not know which engine runs the network, nor where inputs come from.
 */
@NullMarked
package dev.ecgfhir.inference.batching;

import org.jspecify.annotations.NullMarked;
