/**
 * The FHIR API at /fhir on HAPI's RestfulServer: the repository's resources, {@code $interpret}, terminology and a true
 * CapabilityStatement. Knows nothing of routes.
 */
@NullMarked
package dev.ecgfhir.api;

import org.jspecify.annotations.NullMarked;
