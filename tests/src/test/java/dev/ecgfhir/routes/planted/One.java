package dev.ecgfhir.routes.planted;

import dev.ecgfhir.cli.planted.Other;

/** Half of a cycle, on purpose, so that a test sees the rule fail. */
public class One {
    Other other = new Other();
}
