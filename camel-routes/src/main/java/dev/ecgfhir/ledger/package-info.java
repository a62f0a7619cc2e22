/**
 * What was seen, interpreted and delivered, in SQL. It must not know FHIR's types, Camel, nor what an interpretation is.
 */
@NullMarked
package dev.ecgfhir.ledger;

import org.jspecify.annotations.NullMarked;
