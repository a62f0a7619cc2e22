package dev.ecgfhir.terminology;

import java.util.List;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;

/** The codings of a site's overlay as a ConceptMap, one group for each code system. */
final class SiteConceptMap {
    private SiteConceptMap() {}

    static ConceptMap of(Publication publication) {
        SiteOverlay overlay = publication.overlay();
        ConceptMap map = publication.publish(
                new ConceptMap(),
                "ecgfounder-labels-to-site-codes",
                "ECGFounder labels to codes of this site",
                "The codes that the overlay " + overlay.name()
                        + " of this site gives to labels of the ECGFounder network.");
        map.setCopyright(
                Publication.LABEL_COPYRIGHT + " The codes were given by the site, which answers for their licences.");
        map.setSource(new CanonicalType(LabelValueSets.ALL_LABELS));
        for (String system : overlay.systems()) {
            ConceptMapGroupComponent group =
                    map.addGroup().setSource(Terminology.LABELS).setTarget(system);
            overlay.codings().forEach((label, targets) -> {
                List<Target> here = targets.stream()
                        .filter(target -> target.coding().system().equals(system))
                        .toList();
                if (!here.isEmpty()) {
                    var element = group.addElement().setCode(label);
                    here.forEach(target -> add(element.addTarget(), target));
                }
            });
        }
        return map;
    }

    private static void add(TargetElementComponent to, Target target) {
        to.setEquivalence(ConceptMapEquivalence.fromCode(target.equivalence().code()));
        to.setCode(target.coding().code()).setDisplay(target.coding().display());
        to.setComment(target.comment());
    }
}
