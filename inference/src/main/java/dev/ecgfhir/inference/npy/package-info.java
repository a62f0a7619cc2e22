/**
 * Arrays in NumPy's file format, for tests and the command line. It must know nothing but the JDK.
 */
@NullMarked
package dev.ecgfhir.inference.npy;

import org.jspecify.annotations.NullMarked;
