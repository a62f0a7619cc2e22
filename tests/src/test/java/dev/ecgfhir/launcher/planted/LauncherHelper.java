package dev.ecgfhir.launcher.planted;

import dev.ecgfhir.inference.Label;

/** Breaks the boundaries, and the rule on names, on purpose, so that a test sees the rules fail. */
class LauncherHelper {
    Class<?> library = Label.class;
}
