package dev.ecgfhir.api;

import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationKind;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;
import org.jspecify.annotations.Nullable;

/** Serves the definitions of this product's own operations. */
public final class OperationDefinitions implements IResourceProvider {
    static final String INTERPRET = "Observation-interpret";

    private final String version;

    /**
     * Makes the provider.
     *
     * @param version this product's version
     */
    public OperationDefinitions(String version) {
        this.version = version;
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
        if (!id.getIdPart().equals(INTERPRET)) {
            throw new ResourceNotFoundException(id);
        }
        return interpret(request.getFhirServerBase());
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
        OperationDefinition definition = interpret(request.getFhirServerBase());
        return url == null || definition.getUrl().equals(url.getValue()) ? List.of(definition) : List.of();
    }

    private OperationDefinition interpret(String base) {
        OperationDefinition definition = new OperationDefinition();
        definition.setId(INTERPRET);
        definition
                .setUrl(base + "/OperationDefinition/" + INTERPRET)
                .setVersion(version)
                .setName("Interpret")
                .setTitle("Interpret an ECG")
                .setStatus(PublicationStatus.ACTIVE)
                .setKind(OperationKind.OPERATION)
                .setDescription(
                        "Reads one ECG with the network and answers with the report and its companions. An ECG that cannot be read "
                                + "is answered with status 422 and an OperationOutcome whose code says why.")
                .setAffectsState(true)
                .setCode("interpret")
                .addResource("Observation");
        definition.setSystem(false).setType(true).setInstance(true);
        in(
                definition,
                "observation",
                "Observation",
                "The ECG itself; type level only. A bare Observation as body means the same.");
        in(
                definition,
                "reference",
                "Reference",
                "Where the ECG is: Observation/[id], on this server; type level only.");
        in(
                definition,
                "store",
                "boolean",
                "True stores the report on this server, as if the ECG had been found there; not with 'observation'. Default false.");
        in(
                definition,
                "model",
                "string",
                "Name or hash (sha256:...) of the loaded model that is to read the ECG. Default: the one for the leads that are there.");
        definition
                .addParameter()
                .setName("return")
                .setUse(OperationParameterUse.OUT)
                .setMin(1)
                .setMax("1")
                .setType("Bundle")
                .setDocumentation("A collection: DiagnosticReport, its result Observations, Device and Provenance.");
        return definition;
    }

    private static void in(OperationDefinition definition, String name, String type, String documentation) {
        definition
                .addParameter()
                .setName(name)
                .setUse(OperationParameterUse.IN)
                .setMin(0)
                .setMax("1")
                .setType(type)
                .setDocumentation(documentation);
    }
}
