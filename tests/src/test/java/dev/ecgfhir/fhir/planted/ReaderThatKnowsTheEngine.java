package dev.ecgfhir.fhir.planted;

import ai.djl.engine.Engine;
import dev.ecgfhir.inference.Label;

/** Breaks the boundaries on purpose, so that a test sees the rules fail. */
class ReaderThatKnowsTheEngine {
    Class<?> engine = Engine.class;
    Class<?> sibling = Label.class;
}
