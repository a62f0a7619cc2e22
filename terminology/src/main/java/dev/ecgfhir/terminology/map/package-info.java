/**
 * Reads the versioned table behind label map and ConceptMap and checks it whole on loading. It must not know who asks.
 */
@NullMarked
package dev.ecgfhir.terminology.map;

import org.jspecify.annotations.NullMarked;
