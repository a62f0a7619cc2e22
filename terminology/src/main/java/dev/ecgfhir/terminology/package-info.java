/**
 * What a label of the network means: a SNOMED CT coding, or why there is none. It must not know scores, recordings or servers.
 */
@NullMarked
package dev.ecgfhir.terminology;

import org.jspecify.annotations.NullMarked;
