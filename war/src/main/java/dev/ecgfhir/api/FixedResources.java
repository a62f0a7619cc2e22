package dev.ecgfhir.api;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Serves resources of one type that are fixed while the server runs; for a server without repository.
 *
 * <p>Safe to share between threads.
 *
 * @param <T> the type
 */
abstract class FixedResources<T extends MetadataResource> implements IResourceProvider {
    private final Class<T> type;
    private final List<T> resources;

    FixedResources(Class<T> type, List<MetadataResource> all) {
        this.type = type;
        this.resources = all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public final Class<T> getResourceType() {
        return type;
    }

    /**
     * Reads one.
     *
     * @param id its id
     * @return the resource
     */
    @Read
    public T read(@IdParam IdType id) {
        return resources.stream()
                .filter(resource -> resource.getIdElement().getIdPart().equals(id.getIdPart()))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }

    /**
     * Finds them.
     *
     * @param url canonical address; absent: all
     * @return the resources
     */
    @Search
    public List<T> search(@OptionalParam(name = "url") @Nullable UriParam url) {
        return resources.stream()
                .filter(resource -> url == null || resource.getUrl().equals(url.getValue()))
                .toList();
    }

    /** Tells whether one of them has this id, or this address with or without a version. */
    final boolean has(@Nullable IdType id, @Nullable PrimitiveType<String> url) {
        return resources.stream()
                .anyMatch(resource -> id != null
                        ? resource.getIdElement().getIdPart().equals(id.getIdPart())
                        : value(url)
                                .filter(address -> address.equals(resource.getUrl())
                                        || address.startsWith(resource.getUrl() + "|"))
                                .isPresent());
    }

    final List<T> all() {
        return resources;
    }

    /** Returns the resource that an operation is called on: by id at instance level, by canonical address at type level. */
    final T named(@Nullable IdType id, @Nullable PrimitiveType<String> url, String parameter) {
        if (id != null) {
            return read(id);
        }
        String address = value(url)
                .orElseThrow(
                        () -> Outcomes.badRequest("MISSING_PARAMETER", "parameter '" + parameter + "' is missing"));
        String canonical = address.contains("|") ? address.substring(0, address.indexOf('|')) : address;
        return resources.stream()
                .filter(resource -> resource.getUrl().equals(canonical))
                .findFirst()
                .orElseThrow(() ->
                        new ResourceNotFoundException("This server, whose repository is switched off, has no other "
                                + type.getSimpleName() + " than this product's own"));
    }

    static Optional<String> value(@Nullable PrimitiveType<String> parameter) {
        return parameter == null || parameter.getValue() == null ? Optional.empty() : Optional.of(parameter.getValue());
    }
}
