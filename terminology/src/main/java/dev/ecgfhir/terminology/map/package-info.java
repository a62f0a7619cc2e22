/**
 * Reads the versioned ConceptMap and checks it whole on loading. It must not know who asks.
 */
@NullMarked
package dev.ecgfhir.terminology.map;

import org.jspecify.annotations.NullMarked;
