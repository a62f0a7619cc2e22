/** Our numbers against stored reference numbers, from file to score. */
@NullMarked
package dev.ecgfhir.parity;

import org.jspecify.annotations.NullMarked;
