/**
 * The embedded FHIR repository: HAPI FHIR's JPA server for R4, set up for ECGs and their reports. Knows nothing of models, routes
 * or the ledger.
 */
@NullMarked
package dev.ecgfhir.repository;

import org.jspecify.annotations.NullMarked;
