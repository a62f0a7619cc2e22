package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ReviewedMapping;
import java.util.Optional;

/** Which SNOMED CT concepts a site may use. */
public enum ConceptScope {
    /** All of them; needs a SNOMED CT Affiliate licence (no charge in member countries). */
    ALL,
    /** Only members of the SNOMED International Global Patient Set, which anybody may use (CC BY 4.0). */
    GLOBAL_PATIENT_SET;

    /**
     * Returns a row's mapping as this scope allows it.
     *
     * @param row the row
     * @return its mapping; unmatched, with a comment that says why, if its concept is outside
     */
    public Mapping narrow(ReviewedMapping row) {
        Mapping mapping = row.mapping();
        if (this == ALL || row.inGlobalPatientSet() || mapping.target().isEmpty()) {
            return mapping;
        }
        return new Mapping(
                mapping.index(),
                mapping.label(),
                mapping.text(),
                mapping.group(),
                Equivalence.UNMATCHED,
                Optional.empty(),
                Optional.of("The concept is outside the SNOMED CT Global Patient Set, to which this map is limited."));
    }
}
