package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/** Makes HAPI's CapabilityStatement say what is there, and nothing else. */
@Interceptor
public final class TrueCapabilities {
    private static final String STANDARD = "http://hl7.org/fhir/OperationDefinition/";

    /** What {@link OperationGate} refuses. */
    private static final Set<TypeRestfulInteraction> REFUSED =
            Set.of(TypeRestfulInteraction.DELETE, TypeRestfulInteraction.PATCH);

    private final Deployment deployment;

    /**
     * Makes the interceptor.
     *
     * @param deployment what it tells
     */
    public TrueCapabilities(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * Corrects a statement.
     *
     * @param generated HAPI's statement
     */
    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    public void correct(IBaseConformance generated) {
        CapabilityStatement statement = (CapabilityStatement) generated;
        statement.setPublisher("ECGFounder for FHIR");
        statement.getSoftware().setName("ECGFounder for FHIR").setVersion(deployment.softwareVersion());
        statement.setPatchFormat(List.of());
        statement.getImplementation().setDescription(deployment.description().get());
        String base = statement.getImplementation().getUrl();
        for (CapabilityStatementRestComponent rest : statement.getRest()) {
            correct("", rest.getOperation(), base);
            rest.getResource().forEach(resource -> correct(resource, base));
        }
    }

    private static void correct(CapabilityStatementRestResourceComponent resource, String base) {
        correct(resource.getType(), resource.getOperation(), base);
        resource.getInteraction().removeIf(interaction -> REFUSED.contains(interaction.getCode()));
        resource.getSearchParam().stream()
                .filter(parameter -> parameter.getName().equals(ComponentPairs.KEPT_AS))
                .forEach(parameter -> parameter
                        .setName(ComponentPairs.ASKED_AS)
                        .setDefinition("http://hl7.org/fhir/SearchParameter/Observation-" + ComponentPairs.ASKED_AS)
                        .setType(SearchParamType.COMPOSITE)
                        .setDocumentation("Code and number of the same component, without a unit"));
        if (resource.getType().equals("OperationDefinition")) {
            // A list of our own, not of the repository: OperationDefinitions finds them by address.
            resource.getSearchParam().removeIf(parameter -> !parameter.getName().equals("url"));
            resource.setSearchInclude(List.of());
            resource.setSearchRevInclude(List.of());
        }
        if (resource.hasConditionalDelete()) {
            resource.setConditionalDelete(ConditionalDeleteStatus.NOTSUPPORTED);
        }
        if (resource.getInteraction().stream()
                .anyMatch(interaction -> interaction.getCode() == TypeRestfulInteraction.UPDATE)) {
            // HAPI does not say that it takes ids of its clients, as StorageSettings tells it to.
            resource.setUpdateCreate(true);
        }
    }

    private static void correct(
            String type, List<CapabilityStatementRestResourceOperationComponent> operations, String base) {
        operations.removeIf(operation -> !OfferedOperations.offered(type, operation.getName()));
        operations.forEach(operation -> operation.setDefinition(OwnOperation.of(operation.getName())
                .map(own -> base + "/OperationDefinition/" + own.id())
                .orElse(STANDARD + type + "-" + operation.getName())));
    }
}
