/**
 * Timings by JMH, started by hand as docs/benchmarks.md says. Nothing here is a test, and no test may depend on a time.
 */
@NullMarked
package dev.ecgfhir.benchmark;

import org.jspecify.annotations.NullMarked;
