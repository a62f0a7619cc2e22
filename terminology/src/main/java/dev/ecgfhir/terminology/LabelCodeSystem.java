package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ReviewedMapping;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.PropertyType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;

/** The network's labels as a FHIR CodeSystem. */
final class LabelCodeSystem {
    private LabelCodeSystem() {}

    static CodeSystem of(Publication publication) {
        CodeSystem system = publication.publish(
                new CodeSystem(),
                "ecgfounder-labels",
                "ECGFounder labels",
                "The outputs of the ECGFounder network. A code is the label's name exactly as the model publishes it;"
                        + " the display is a wording for readers. Labels are suggestions of an algorithm.");
        system.setCopyright(Publication.LABEL_COPYRIGHT);
        system.setCaseSensitive(true);
        system.setValueSet(LabelValueSets.ALL_LABELS);
        system.setContent(CodeSystemContentMode.COMPLETE);
        system.setVersionNeeded(false);
        system.setCount(publication.rows().size());
        system.addProperty()
                .setCode("index")
                .setType(PropertyType.INTEGER)
                .setDescription("Position in the network's output, from 0");
        system.addProperty()
                .setCode("group")
                .setType(PropertyType.STRING)
                .setDescription("Kind of statement, for example rhythm or comparison");
        system.addProperty()
                .setCode("alert-level")
                .setType(PropertyType.STRING)
                .setDescription(
                        "How soon a person should see such an ECG: critical (tell a clinician at once), urgent (read on the"
                                + " same day) or routine");
        system.addProperty()
                .setCode("alert-source")
                .setType(PropertyType.STRING)
                .setDescription(
                        "Published guidance on which the alert level rests; default: none asks for more than routine");
        publication.rows().forEach(row -> add(system, publication, row));
        return system;
    }

    private static void add(CodeSystem system, Publication publication, ReviewedMapping row) {
        Mapping mapping = publication.mapping(row);
        ConceptDefinitionComponent concept =
                system.addConcept().setCode(mapping.label()).setDisplay(mapping.text());
        concept.addProperty().setCode("index").setValue(new IntegerType(mapping.index()));
        concept.addProperty()
                .setCode("group")
                .setValue(new StringType(
                        mapping.group().name().toLowerCase(Locale.ROOT).replace('_', '-')));
        concept.addProperty()
                .setCode("alert-level")
                .setValue(new StringType(mapping.alert().code()));
        concept.addProperty()
                .setCode("alert-source")
                .setValue(new StringType(
                        mapping.alert() == row.mapping().alert()
                                ? row.alertSource()
                                : "overlay " + publication.overlay().name() + " of this site"));
        publication
                .overlay()
                .displays()
                .getOrDefault(mapping.label(), Map.of())
                .forEach((language, display) ->
                        concept.addDesignation().setLanguage(language).setValue(display));
    }
}
