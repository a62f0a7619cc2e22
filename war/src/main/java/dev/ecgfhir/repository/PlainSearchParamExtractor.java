package dev.ecgfhir.repository;

import ca.uhn.fhir.jpa.searchparam.extractor.ResourceIndexedSearchParamComposite;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorR4;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Finds what a resource is searched by, without the pairs of composite parameters.
 *
 * <p>HAPI keeps those pairs in its full-text index only, which is off here; by tables it searches both halves. For the 150 components of an
 * Observation with all scores they are most of the work of storing it.
 */
final class PlainSearchParamExtractor extends SearchParamExtractorR4 {
    @Override
    public SearchParamSet<ResourceIndexedSearchParamComposite> extractSearchParamComposites(
            IBaseResource resource, ISearchParamFilter filter) {
        return new SearchParamSet<>();
    }
}
