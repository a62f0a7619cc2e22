package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;

/** Makes HAPI's CapabilityStatement say what is there, and nothing else. */
@Interceptor
public final class TrueCapabilities {
    private static final String STANDARD = "http://hl7.org/fhir/OperationDefinition/";
    private static final List<String> OF_EVERY_TYPE = List.of("validate", "meta", "meta-add", "meta-delete");

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
        statement.getImplementation().setDescription(deployment.description());
        String base = statement.getImplementation().getUrl();
        for (CapabilityStatementRestComponent rest : statement.getRest()) {
            rest.setOperation(List.of());
            for (CapabilityStatementRestResourceComponent resource : rest.getResource()) {
                resource.getOperation()
                        .removeIf(operation -> !OfferedOperations.offered(resource.getType(), operation.getName()));
                if (resource.getInteraction().stream()
                        .anyMatch(interaction -> interaction.getCode() == TypeRestfulInteraction.UPDATE)) {
                    // HAPI does not say that it takes ids of its clients, as StorageSettings tells it to.
                    resource.setUpdateCreate(true);
                }
                resource.getOperation().forEach(operation -> define(resource.getType(), operation, base));
            }
        }
    }

    private static void define(String type, CapabilityStatementRestResourceOperationComponent operation, String base) {
        String name = operation.getName();
        if (name.equals("interpret")) {
            operation.setDefinition(base + "/OperationDefinition/" + OperationDefinitions.INTERPRET);
        } else {
            operation.setDefinition(STANDARD + (OF_EVERY_TYPE.contains(name) ? "Resource" : type) + "-" + name);
        }
    }
}
