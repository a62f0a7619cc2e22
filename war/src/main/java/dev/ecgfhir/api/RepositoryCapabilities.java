package dev.ecgfhir.api;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;

/** The repository's CapabilityStatement, with this product's own OperationDefinitions in place of generated ones. */
final class RepositoryCapabilities extends JpaCapabilityStatementProvider {
    private final OperationDefinitions definitions;

    RepositoryCapabilities(
            RestfulServer server,
            IFhirSystemDao<?, ?> system,
            JpaStorageSettings storage,
            ISearchParamRegistry parameters,
            IValidationSupport validation,
            OperationDefinitions definitions) {
        super(server, system, storage, parameters, validation);
        this.definitions = definitions;
    }

    @Override
    public IBaseResource readOperationDefinition(IIdType id, RequestDetails request) {
        return definitions.read(id, request);
    }
}
