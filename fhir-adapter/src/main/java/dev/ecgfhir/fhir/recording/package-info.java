/**
 * An ECG as received, and how it is read from an Observation. It must not know what is done with a recording afterwards.
 */
@NullMarked
package dev.ecgfhir.fhir.recording;

import org.jspecify.annotations.NullMarked;
