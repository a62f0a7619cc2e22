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

    private static final List<String> WITHOUT_LABEL = List.of(
            "ventricular fibrillation",
            "ventricular flutter",
            "torsades de pointes",
            "asystole",
            "pulseless electrical activity",
            "second degree AV block Mobitz II",
            "ST elevation as a finding of this ECG",
            "ST depression as a finding of this ECG",
            "T wave inversion as a finding of this ECG",
            "myocardial ischaemia",
            "right ventricular infarct",
            "Brugada pattern",
            "shortened QT interval",
            "electrolyte disturbance such as hyperkalaemia",
            "pulmonary embolism pattern",
            "electrical alternans",
            "lead reversal",
            "artefact or noise");

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

    /**
     * Returns important findings for which the network has no label, in words for a reader and the gravest first. A report should
     * name them: that it is silent about them is no all-clear. The list is not complete.
     */
    public static List<String> withoutLabel() {
        return WITHOUT_LABEL;
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
        return resources(scope, SiteOverlay.NONE);
    }

    /**
     * Returns CodeSystem, ConceptMaps and value sets with what a site adds; new objects at each call, which the caller may change.
     *
     * @param scope which SNOMED CT concepts of ours they may contain
     * @param overlay what the site adds
     */
    public static List<MetadataResource> resources(ConceptScope scope, SiteOverlay overlay) {
        Publication publication = new Publication(Table.BUNDLED, scope, overlay);
        List<MetadataResource> resources = new ArrayList<>();
        resources.add(LabelCodeSystem.of(publication));
        resources.add(LabelConceptMap.of(publication));
        resources.addAll(LabelValueSets.of(publication));
        resources.addAll(CombinationResources.of(publication));
        if (!overlay.codings().isEmpty()) {
            resources.add(SiteConceptMap.of(publication));
        }
        return resources;
    }

    /** The table, read when first asked for. */
    private static final class Table {
        static final LabelMapFile BUNDLED = LabelMapFile.bundled();
    }
}
