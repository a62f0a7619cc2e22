/**
 * Recordings from files: FHIR JSON and XML, NDJSON, WFDB. It must not know servers.
 */
@NullMarked
package dev.ecgfhir.fhir.file;

import org.jspecify.annotations.NullMarked;
