/**
 * The network in pure Java on the Vector API, for CPUs. It knows nothing of DJL; nothing outside may name its classes, which are loaded
 * by name only if the module jdk.incubator.vector is there.
 */
@NullMarked
package dev.ecgfhir.inference.vector;

import org.jspecify.annotations.NullMarked;
