/**
 * One RouteBuilder for each flow: when, where and how often, never what. It must not know Spring, nor read configuration files.
 */
@NullMarked
package dev.ecgfhir.routes;

import org.jspecify.annotations.NullMarked;
