package dev.ecgfhir.terminology;

import java.util.List;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.PropertyType;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;

/** The combinations as FHIR resources: a code system of their names, with the labels that make each up, and a map of it to SNOMED CT. */
final class CombinationResources {
    private static final String SYSTEM = "https://ecgfhir.dev/CodeSystem/ecgfounder-combinations";
    private static final String ALL = "https://ecgfhir.dev/ValueSet/ecgfounder-combinations";

    private CombinationResources() {}

    static List<MetadataResource> of(Publication publication) {
        Combinations combinations = Combinations.bundled(publication.scope());
        List<MetadataResource> resources =
                List.of(codeSystem(publication, combinations), map(publication, combinations), all(publication));
        resources.forEach(resource -> resource.setVersion(combinations.version()));
        return resources;
    }

    private static CodeSystem codeSystem(Publication publication, Combinations combinations) {
        CodeSystem system = publication.publish(
                new CodeSystem(),
                "ecgfounder-combinations",
                "Combinations of ECGFounder labels",
                "Labels of the ECGFounder network that together have a SNOMED CT concept of their own.");
        system.setCopyright(Publication.LABEL_COPYRIGHT);
        system.setCaseSensitive(true);
        system.setValueSet(ALL);
        system.setContent(CodeSystemContentMode.COMPLETE);
        system.setVersionNeeded(false);
        system.setCount(combinations.all().size());
        property(system, "label", "The label that gets the concept");
        property(system, "with", "Labels of which one must be positive too");
        property(system, "unless", "A label that must not be positive");
        for (Combination combination : combinations.all()) {
            ConceptDefinitionComponent concept =
                    system.addConcept().setCode(combination.name()).setDisplay(combination.text());
            concept.addProperty().setCode("label").setValue(new StringType(combination.label()));
            combination
                    .with()
                    .forEach(label -> concept.addProperty().setCode("with").setValue(new StringType(label)));
            combination.unless().stream()
                    .sorted()
                    .forEach(label -> concept.addProperty().setCode("unless").setValue(new StringType(label)));
        }
        return system;
    }

    private static void property(CodeSystem system, String code, String description) {
        system.addProperty().setCode(code).setType(PropertyType.STRING).setDescription(description);
    }

    private static ConceptMap map(Publication publication, Combinations combinations) {
        ConceptMap map = publication.publish(
                new ConceptMap(),
                "ecgfounder-combinations-to-snomed-ct",
                "Combinations of ECGFounder labels to SNOMED CT",
                "The SNOMED CT concept that a report gives to labels which are positive together.");
        map.setCopyright(publication.copyright());
        map.setSource(new CanonicalType(ALL));
        map.setTarget(new UriType(Publication.SNOMED_CT + "?fhir_vs"));
        for (boolean inside : new boolean[] {true, false}) {
            ConceptMapGroupComponent group =
                    new ConceptMapGroupComponent().setSource(SYSTEM).setTarget(Publication.SNOMED_CT);
            combinations.all().stream()
                    .filter(combination -> combination.target().inGlobalPatientSet() == inside)
                    .forEach(combination -> add(group, combination, publication.scope()));
            if (group.hasElement()) {
                map.addGroup(group);
            }
        }
        return map;
    }

    private static void add(ConceptMapGroupComponent group, Combination combination, ConceptScope scope) {
        Target target = combination.target().target();
        TargetElementComponent to = group.addElement()
                .setCode(combination.name())
                .setDisplay(combination.text())
                .addTarget();
        to.setEquivalence(ConceptMapEquivalence.fromCode(target.equivalence().code()));
        to.setCode(target.coding().code()).setDisplay(target.coding().display());
        to.setComment(scope.comment(target.comment()) + " Source: "
                + String.join("; ", combination.target().sources()) + ".");
    }

    private static ValueSet all(Publication publication) {
        ValueSet set = publication.publish(
                new ValueSet(),
                "ecgfounder-combinations",
                "All combinations of ECGFounder labels",
                "Every combination of labels that has a SNOMED CT concept of its own.");
        set.setCopyright(Publication.LABEL_COPYRIGHT);
        set.getCompose().addInclude().setSystem(SYSTEM);
        return set;
    }
}
