/**
 * The {@code ecgfounder:} Camel component, for anyone's routes. It must not know the ledger or the product's own routes.
 */
@NullMarked
package dev.ecgfhir.component;

import org.jspecify.annotations.NullMarked;
