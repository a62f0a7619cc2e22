package dev.ecgfhir.repository;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import dev.ecgfhir.api.ComponentPairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Takes search parameters back that HAPI would answer wrongly, or that would fill the database and serve nobody here. A search by one of them is
 * refused (400).
 *
 * <p>Composite parameters over something that repeats (components, characteristics) are answered by HAPI FHIR 8.8.0 from tables, which tell neither half
 * which element it stood in: an Observation with all scores has each label and, somewhere, a score of any size. {@code code-value-quantity} and its
 * neighbours are right, for an Observation has one code and one value. In {@code combo-*} everything stands once more that {@code code},
 * {@code component-code} and the others have: half of all rows that a report needs.
 */
final class OfferedParameters implements BeanPostProcessor {
    /** Of the composites, those over elements that do not repeat. */
    private static final Set<String> RIGHT =
            Set.of("code-value-concept", "code-value-date", "code-value-quantity", "code-value-string");

    /** A number without what it is of; see {@link ComponentPairs} for one with it. */
    private static final String BARE_NUMBER = "component-value-quantity";

    private final FhirContext context;

    OfferedParameters(FhirContext context) {
        this.context = context;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof ISearchParamProvider stored ? new Changed(stored, changes()) : bean;
    }

    private List<SearchParameter> changes() {
        List<SearchParameter> changes = new ArrayList<>();
        for (String type : ServedTypes.names()) {
            context.getResourceDefinition(type).getSearchParams().stream()
                    .filter(OfferedParameters::isTakenBack)
                    .map(parameter -> parameter(type, parameter.getName(), PublicationStatus.RETIRED)
                            .setUrl(parameter.getUri())
                            .setType(SearchParamType.TOKEN)
                            .setExpression(type + ".id"))
                    .forEach(changes::add);
        }
        changes.add(parameter("Observation", ComponentPairs.KEPT_AS, PublicationStatus.ACTIVE)
                .setUrl(ComponentPairs.URL)
                .setType(SearchParamType.QUANTITY)
                // finds nothing by itself: ComponentScores makes its rows
                .setExpression("Observation.component.value.where(false)"));
        return changes;
    }

    private static boolean isTakenBack(RuntimeSearchParam parameter) {
        String name = parameter.getName();
        return (parameter.getParamType() == RestSearchParameterTypeEnum.COMPOSITE && !RIGHT.contains(name))
                || name.startsWith("combo-")
                || name.equals(BARE_NUMBER);
    }

    private static SearchParameter parameter(String type, String name, PublicationStatus status) {
        SearchParameter parameter = new SearchParameter();
        parameter.setId("SearchParameter/" + type + "-" + name);
        parameter.setCode(name).setStatus(status).addBase(type);
        return parameter;
    }

    /** Those that are stored, and the changes. */
    private record Changed(ISearchParamProvider stored, List<SearchParameter> changes) implements ISearchParamProvider {
        @Override
        public IBundleProvider search(SearchParameterMap parameters) {
            List<IBaseResource> all = new ArrayList<>(stored.search(parameters).getAllResources());
            all.addAll(changes);
            return new SimpleBundleProvider(all);
        }

        @Override
        public IBaseResource read(IIdType id) {
            return stored.read(id);
        }
    }
}
