package dev.ecgfhir.api;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ServerCapabilityStatementProvider;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;

/** The CapabilityStatement without repository, with this product's own OperationDefinitions in place of generated ones. */
final class FixedCapabilities extends ServerCapabilityStatementProvider {
    private final OperationDefinitions definitions;

    FixedCapabilities(RestfulServer server, OperationDefinitions definitions) {
        super(server);
        this.definitions = definitions;
    }

    @Override
    public IBaseResource readOperationDefinition(IIdType id, RequestDetails request) {
        return definitions.read(id, request);
    }
}
