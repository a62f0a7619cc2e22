package dev.ecgfhir.repository;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StringType;

/**
 * Puts this product's own CodeSystem, ConceptMap and ValueSets into the repository, so that {@code $lookup}, {@code $translate},
 * {@code $expand} and {@code $validate-code} know them.
 */
public final class TerminologyLoader {
    private final DaoRegistry types;

    TerminologyLoader(DaoRegistry types) {
        this.types = types;
    }

    /**
     * Stores the resources that are not there yet or differ from what is there; the others keep their version.
     *
     * @param resources each with an id; code systems are changed, see {@link #withoutIntegers}
     */
    public void store(List<MetadataResource> resources) {
        for (MetadataResource resource : resources) {
            if (resource instanceof CodeSystem codes) {
                withoutIntegers(codes);
            }
            store(types.getResourceDao(resource), resource);
        }
    }

    /**
     * Makes texts of whole-number properties: HAPI 8.8.0 stores those, and then its {@code $lookup} fails on every concept that has one
     * (HAPI-0905, Unknown type: INTEGER).
     */
    private static void withoutIntegers(CodeSystem codes) {
        codes.getProperty().stream()
                .filter(property -> property.getType() == CodeSystem.PropertyType.INTEGER)
                .forEach(property -> property.setType(CodeSystem.PropertyType.STRING));
        codes.getConcept().stream()
                .flatMap(concept -> concept.getProperty().stream())
                .filter(CodeSystem.ConceptPropertyComponent::hasValueIntegerType)
                .forEach(property -> property.setValue(
                        new StringType(property.getValueIntegerType().getValueAsString())));
    }

    private static void store(IFhirResourceDao<MetadataResource> type, MetadataResource resource) {
        type.update(resource, new SystemRequestDetails());
    }
}
