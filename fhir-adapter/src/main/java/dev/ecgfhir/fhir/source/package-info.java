/**
 * Recordings from FHIR servers: incremental pull, paging, cursor. It must not know what is done with what it finds.
 */
@NullMarked
package dev.ecgfhir.fhir.source;

import org.jspecify.annotations.NullMarked;
