/**
 * Who may call what. Until there are users, that is: programs on this machine, and nobody else.
 */
@NullMarked
package dev.ecgfhir.security;

import org.jspecify.annotations.NullMarked;
