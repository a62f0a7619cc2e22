package dev.ecgfhir.inference.planted;

import dev.ecgfhir.fhir.recording.Recording;
import org.apache.camel.CamelContext;
import org.hl7.fhir.r4.model.Observation;
import org.springframework.context.ApplicationContext;

/** Breaks the boundaries on purpose, so that a test sees the rules fail. */
class NetworkThatKnowsFhir {
    Observation observation = new Observation();
    Class<?> camel = CamelContext.class;
    Class<?> spring = ApplicationContext.class;
    Class<?> sibling = Recording.class;

    Object touch() {
        return observation.getStatus();
    }
}
