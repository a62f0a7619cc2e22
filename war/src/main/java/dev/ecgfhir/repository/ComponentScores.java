package dev.ecgfhir.repository;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamQuantity;
import dev.ecgfhir.api.ComponentPairs;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;

/**
 * What {@link ComponentPairs} finds an Observation by: each component's number, kept under the component's own code.
 *
 * <p>They are rows of a quantity parameter whose system and unit are those of the code, so that one look into one index finds code and number of the
 * same component.
 */
final class ComponentScores {
    /** Longest code that a row of HAPI's has room for. */
    private static final int LONGEST = 200;

    private ComponentScores() {}

    /**
     * Makes the rows.
     *
     * @param observation which one
     * @param partitions as HAPI is set up
     */
    static List<ResourceIndexedSearchParamQuantity> of(Observation observation, PartitionSettings partitions) {
        List<ResourceIndexedSearchParamQuantity> rows = new ArrayList<>();
        for (ObservationComponentComponent component : observation.getComponent()) {
            if (component.getValue() instanceof Quantity quantity && quantity.hasValue()) {
                for (Coding coding : component.getCode().getCoding()) {
                    if (coding.hasCode() && coding.getCode().length() <= LONGEST) {
                        rows.add(new ResourceIndexedSearchParamQuantity(
                                partitions,
                                "Observation",
                                ComponentPairs.KEPT_AS,
                                quantity.getValue(),
                                coding.getSystem(),
                                coding.getCode()));
                    }
                }
            }
        }
        return rows;
    }
}
