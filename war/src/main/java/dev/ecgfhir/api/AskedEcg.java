package dev.ecgfhir.api;

import org.hl7.fhir.r4.model.Observation;

/** An ECG that a caller of {@code $interpret} names. */
sealed interface AskedEcg {
    /**
     * It is in the request.
     *
     * @param observation the ECG; an id in it is the sender's
     */
    record Given(Observation observation) implements AskedEcg {}

    /**
     * It is somewhere else.
     *
     * @param reference where
     */
    record Referred(String reference) implements AskedEcg {}
}
