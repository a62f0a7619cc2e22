/**
 * One RouteBuilder for each flow: when, where and how often, never what. It must not know Spring.
 */
@NullMarked
package dev.ecgfhir.routes;

import org.jspecify.annotations.NullMarked;
