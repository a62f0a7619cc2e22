package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.LabelMapFile;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.MetadataResource;

/**
 * What the labels of ECGFounder mean: as a map for programs, and as FHIR R4 resources for terminology servers. Both come from the one
 * reviewed table of this library. The map alone needs no FHIR class. Safe to use from any thread.
 */
public final class Terminology {
    /** The labels' code system. */
    public static final String LABELS = "https://ecgfhir.dev/CodeSystem/ecgfounder-labels";

    /** The map from the labels to SNOMED CT. */
    public static final String LABELS_TO_SNOMED_CT = "https://ecgfhir.dev/ConceptMap/ecgfounder-labels-to-snomed-ct";

    private Terminology() {}

    /** Returns the map of all labels, with every concept. */
    public static LabelMap labelMap() {
        return labelMap(ConceptScope.ALL);
    }

    /**
     * Returns the map of all labels.
     *
     * @param scope which concepts it may give
     */
    public static LabelMap labelMap(ConceptScope scope) {
        return Table.BUNDLED.labelMap(scope);
    }

    /** Returns CodeSystem, ConceptMap and value sets with every concept; new objects at each call, which the caller may change. */
    public static List<MetadataResource> resources() {
        return resources(ConceptScope.ALL);
    }

    /**
     * Returns CodeSystem, ConceptMap and value sets; new objects at each call, which the caller may change.
     *
     * @param scope which concepts they may contain
     */
    public static List<MetadataResource> resources(ConceptScope scope) {
        Publication publication = new Publication(Table.BUNDLED, scope);
        List<MetadataResource> resources = new ArrayList<>();
        resources.add(LabelCodeSystem.of(publication));
        resources.add(LabelConceptMap.of(publication));
        resources.addAll(LabelValueSets.of(publication));
        return resources;
    }

    /** The table, read when first asked for. */
    private static final class Table {
        static final LabelMapFile BUNDLED = LabelMapFile.bundled();
    }
}
