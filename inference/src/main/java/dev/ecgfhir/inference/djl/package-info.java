/**
 * The network on DJL's PyTorch engine, on CPU or GPU. Nobody outside this package may know that DJL exists.
 */
@NullMarked
package dev.ecgfhir.inference.djl;

import org.jspecify.annotations.NullMarked;
