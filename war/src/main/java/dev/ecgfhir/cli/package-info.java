/**
 * The command line: one class for each command, which parses, calls the other packages, prints, and returns an exit code. Knows nothing
 * that is not shown to the user, and decides nothing about ECGs.
 */
@NullMarked
package dev.ecgfhir.cli;

import org.jspecify.annotations.NullMarked;
