package dev.ecgfhir.pipeline.planted;

import dev.ecgfhir.config.planted.SettingsThatKnowFhir;
import org.apache.camel.Exchange;
import org.hl7.fhir.r4.model.Observation;

/** Breaks the boundaries on purpose, so that a test sees the rules fail. */
class PipelineThatKnowsFhir {
    Class<?> fhir = Observation.class;
    Class<?> war = SettingsThatKnowFhir.class;
    Class<?> exchange = Exchange.class;
}
