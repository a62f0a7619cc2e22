package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.LabelMapFile;
import dev.ecgfhir.terminology.map.ReviewedMapping;
import dev.ecgfhir.terminology.map.ReviewedTarget;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MetadataResource;

/**
 * What all published resources have in common: addresses, version, owner, copyright.
 *
 * @param table the reviewed table
 * @param scope which concepts may be published
 * @param overlay what the site adds
 */
record Publication(LabelMapFile table, ConceptScope scope, SiteOverlay overlay) {
    static final String SNOMED_CT = "http://snomed.info/sct";

    static final String LABEL_COPYRIGHT = "Label names: as published with the ECGFounder model (MIT licence).";

    private static final String SNOMED_CT_COPYRIGHT =
            "This material includes SNOMED Clinical Terms\u00ae (SNOMED CT\u00ae) which is used by permission of SNOMED International."
                    + " All rights reserved. SNOMED CT\u00ae was originally created by The College of American Pathologists."
                    + " \"SNOMED\" and \"SNOMED CT\" are registered trademarks of SNOMED International.";

    private static final String GLOBAL_PATIENT_SET_COPYRIGHT =
            " Members of the SNOMED International Global Patient Set are used under the Creative Commons Attribution 4.0"
                    + " International licence (https://creativecommons.org/licenses/by/4.0/).";

    private static final String AFFILIATE_COPYRIGHT =
            " The other SNOMED CT concepts need a SNOMED CT Affiliate licence (https://www.snomed.org/licensing).";

    /** Returns the copyright text of a resource that contains SNOMED CT concepts. */
    String copyright() {
        String limited = LABEL_COPYRIGHT + " " + SNOMED_CT_COPYRIGHT + GLOBAL_PATIENT_SET_COPYRIGHT;
        return scope == ConceptScope.ALL ? limited + AFFILIATE_COPYRIGHT : limited;
    }

    List<ReviewedMapping> rows() {
        return table.rows();
    }

    Mapping mapping(ReviewedMapping row) {
        Mapping narrow = scope.narrow(row);
        Mapping read = overlay.over(narrow);
        return overlay.withoutSnomedCt().contains(narrow.label())
                ? read.withTargets(List.of(), overlay.withdrawn())
                : narrow.withReading(read.text(), read.alert());
    }

    /** Returns the SNOMED CT targets of a row that this publication has; those of {@link #mapping}, with their facts. */
    List<ReviewedTarget> targets(ReviewedMapping row) {
        return overlay.withoutSnomedCt().contains(row.mapping().label()) ? List.of() : scope.targets(row);
    }

    List<Mapping> mappings() {
        return rows().stream().map(this::mapping).toList();
    }

    /** Fills in what every resource carries. */
    <T extends MetadataResource> T publish(T resource, String id, String title, String description) {
        resource.setId(id);
        resource.setUrl("https://ecgfhir.dev/" + resource.fhirType() + "/" + id);
        resource.setVersion(overlay.version(table.version()));
        resource.setTitle(title);
        resource.setName(title.replaceAll("[^A-Za-z0-9]+", ""));
        resource.setStatus(PublicationStatus.ACTIVE);
        resource.setExperimental(false);
        resource.setDate(Date.from(table.date().atStartOfDay(ZoneOffset.UTC).toInstant()));
        resource.setPublisher("ECGFounder for FHIR");
        resource.setDescription(description);
        return resource;
    }
}
