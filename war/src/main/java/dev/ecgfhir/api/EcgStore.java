package dev.ecgfhir.api;

import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;

/** Where this server keeps ECGs and reports. Safe for concurrent callers. */
public interface EcgStore {
    /**
     * Reads an ECG.
     *
     * @param id its id, with or without version
     * @return the resource with id and version; empty if there is none
     */
    Optional<Observation> read(IdType id);

    /**
     * Stores a report, unless that would overwrite what a person has touched.
     *
     * @param transaction the report
     * @return why it was not stored; empty if it is there
     */
    Optional<EcgReports.Refused> store(Bundle transaction);
}
