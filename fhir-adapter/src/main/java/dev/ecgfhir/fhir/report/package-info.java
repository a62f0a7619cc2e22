/**
 * An interpretation's content as DiagnosticReport with its companions in one transaction. It must not know how the content came about.
 */
@NullMarked
package dev.ecgfhir.fhir.report;

import org.jspecify.annotations.NullMarked;
