package dev.ecgfhir.api;

import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.jspecify.annotations.Nullable;

/** Serves the definitions of this product's own operations. */
public final class OperationDefinitions implements IResourceProvider {
    private final String version;
    private final List<OwnOperation> operations;

    /**
     * Makes the provider.
     *
     * @param version this product's version
     * @param repository true if there is an embedded repository, which some operations need
     */
    public OperationDefinitions(String version, boolean repository) {
        this.version = version;
        this.operations = Arrays.stream(OwnOperation.values())
                .filter(operation -> repository || !operation.needsRepository())
                .toList();
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return OperationDefinition.class;
    }

    /**
     * Reads one. Called by the CapabilityStatement's provider, which HAPI asks first.
     *
     * @param id its id
     * @param request the request
     * @return the definition
     */
    OperationDefinition read(IIdType id, RequestDetails request) {
        return all(request).stream()
                .filter(definition -> definition.getIdPart().equals(id.getIdPart()))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException(id));
    }

    /**
     * Finds them.
     *
     * @param url canonical address; absent: all
     * @param request the request
     * @return the definitions
     */
    @Search
    public List<OperationDefinition> search(
            @OptionalParam(name = OperationDefinition.SP_URL) @Nullable UriParam url, RequestDetails request) {
        return all(request).stream()
                .filter(definition -> url == null || definition.getUrl().equals(url.getValue()))
                .toList();
    }

    private List<OperationDefinition> all(RequestDetails request) {
        return operations.stream()
                .map(operation -> operation.definition(request.getFhirServerBase(), version))
                .toList();
    }
}
