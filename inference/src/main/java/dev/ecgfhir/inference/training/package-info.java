/**
 * What is learned from labelled recordings: thresholds, calibration, and how good they are. It must know neither FHIR nor how recordings
 * are read.
 */
@NullMarked
package dev.ecgfhir.inference.training;

import org.jspecify.annotations.NullMarked;
