/**
 * The built WAR as its users meet it: a process of its own, and an application in a stock servlet container. It must not know any
 * class of the product.
 */
@NullMarked
package dev.ecgfhir.endtoend;

import org.jspecify.annotations.NullMarked;
