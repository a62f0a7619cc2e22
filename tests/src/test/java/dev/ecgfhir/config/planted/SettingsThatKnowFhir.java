package dev.ecgfhir.config.planted;

import org.hl7.fhir.r4.model.Observation;

/** Breaks the boundaries on purpose, so that a test sees the rules fail. */
public class SettingsThatKnowFhir {
    Class<?> fhir = Observation.class;
}
