/**
 * Pure arithmetic on ECG samples: filters, resampling, windows, z-score, signal quality. It must know nothing but the JDK.
 */
@NullMarked
package dev.ecgfhir.inference.signal;

import org.jspecify.annotations.NullMarked;
