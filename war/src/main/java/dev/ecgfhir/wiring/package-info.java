/**
 * Builds the object graph by constructors and owns the order of start and stop. The only place that knows every part.
 */
@NullMarked
package dev.ecgfhir.wiring;

import org.jspecify.annotations.NullMarked;
