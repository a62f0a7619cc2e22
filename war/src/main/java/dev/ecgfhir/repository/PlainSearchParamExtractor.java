package dev.ecgfhir.repository;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamQuantity;
import ca.uhn.fhir.jpa.searchparam.extractor.ResourceIndexedSearchParamComposite;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorR4;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Observation;

/**
 * Finds what a resource is searched by: without the pairs of composite parameters, and with {@link ComponentScores} in their place.
 *
 * <p>HAPI keeps those pairs in its full-text index only, which is off here; by tables it searches both halves. For the 150 components of an
 * Observation with all scores they are most of the work of storing it.
 */
final class PlainSearchParamExtractor extends SearchParamExtractorR4 {
    private final PartitionSettings partitions;

    PlainSearchParamExtractor(PartitionSettings partitions) {
        this.partitions = partitions;
    }

    @Override
    public SearchParamSet<ResourceIndexedSearchParamComposite> extractSearchParamComposites(
            IBaseResource resource, ISearchParamFilter filter) {
        return new SearchParamSet<>();
    }

    @Override
    public SearchParamSet<ResourceIndexedSearchParamQuantity> extractSearchParamQuantity(
            IBaseResource resource, ISearchParamFilter filter) {
        SearchParamSet<ResourceIndexedSearchParamQuantity> found = super.extractSearchParamQuantity(resource, filter);
        if (resource instanceof Observation observation) {
            found.addAll(ComponentScores.of(observation, partitions));
        }
        return found;
    }
}
