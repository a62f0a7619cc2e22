/**
 * Pages for people and health for machines. Knows nothing of how an ECG is read.
 */
@NullMarked
package dev.ecgfhir.web;

import org.jspecify.annotations.NullMarked;
