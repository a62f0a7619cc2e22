package dev.ecgfhir.cli.planted;

import dev.ecgfhir.routes.planted.One;

/** Half of a cycle, on purpose, so that a test sees the rule fail. */
public class Other {
    Class<?> one = One.class;
}
