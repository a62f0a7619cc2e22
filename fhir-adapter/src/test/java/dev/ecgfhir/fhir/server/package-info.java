/** A small FHIR server for tests: HAPI's own REST layer over HTTP, resources in memory, faults on demand. */
@NullMarked
package dev.ecgfhir.fhir.server;

import org.jspecify.annotations.NullMarked;
