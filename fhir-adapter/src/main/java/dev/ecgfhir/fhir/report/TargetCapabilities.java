package dev.ecgfhir.fhir.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;

/**
 * What a target says that it can do. What it does not say, it is not asked to do.
 *
 * @param transaction takes transaction Bundles
 * @param updateCreate takes ids that the client chose, for every kind of resource in a report
 * @param conditionalCreate creates only if no resource has the identifier yet, for every kind of resource in a report
 * @param createOnly how an update is kept from replacing what another writer made a moment before
 * @param problems what stands against writing reports there at all, one line each; empty if nothing does
 */
public record TargetCapabilities(
        boolean transaction,
        boolean updateCreate,
        boolean conditionalCreate,
        CreateOnly createOnly,
        List<String> problems) {
    private static final List<String> WRITTEN = List.of("DiagnosticReport", "Observation", "Provenance", "Device");

    /** Copies the list. */
    public TargetCapabilities {
        problems = List.copyOf(problems);
    }

    /**
     * Reads a CapabilityStatement.
     *
     * @param statement what the server says of itself
     * @return what of it matters for reports
     */
    public static TargetCapabilities of(CapabilityStatement statement) {
        List<String> problems = new ArrayList<>();
        if (statement.hasFhirVersion() && !statement.getFhirVersion().toCode().startsWith("4.0")) {
            problems.add("the server speaks FHIR " + statement.getFhirVersion().toCode() + ", reports are FHIR 4.0.1");
        }
        CapabilityStatementRestComponent rest = statement.getRest().stream()
                .filter(one -> one.getMode() == RestfulCapabilityMode.SERVER)
                .findFirst()
                .orElseGet(CapabilityStatementRestComponent::new);
        boolean updateCreate = true;
        boolean conditionalCreate = true;
        for (String type : WRITTEN) {
            Optional<CapabilityStatementRestResourceComponent> resource = rest.getResource().stream()
                    .filter(one -> type.equals(one.getType()))
                    .findFirst();
            updateCreate &= resource.map(CapabilityStatementRestResourceComponent::getUpdateCreate)
                    .orElse(false);
            conditionalCreate &= resource.map(CapabilityStatementRestResourceComponent::getConditionalCreate)
                    .orElse(false);
            if (!resource.map(one -> has(one, TypeRestfulInteraction.CREATE) || has(one, TypeRestfulInteraction.UPDATE))
                    .orElse(false)) {
                problems.add("the server says of no way to write " + type);
            }
        }
        boolean transaction =
                rest.getInteraction().stream().anyMatch(one -> one.getCode() == SystemRestfulInteraction.TRANSACTION);
        return new TargetCapabilities(transaction, updateCreate, conditionalCreate, CreateOnly.of(statement), problems);
    }

    /** Returns one line for the log: what reports fall back to on this server. */
    public String summary() {
        String form;
        if (updateCreate) {
            form = "deterministic ids by PUT";
        } else if (conditionalCreate) {
            form = "conditional create (the server does not take ids of ours)";
        } else {
            form =
                    "search, then create (no ids of ours, no conditional create: two writers at once can make two reports)";
        }
        return form
                + (transaction
                        ? ", in one transaction"
                        : ", one by one (no transactions: an interrupted report is completed by the next try)");
    }

    private static boolean has(CapabilityStatementRestResourceComponent resource, TypeRestfulInteraction interaction) {
        return resource.getInteraction().stream().anyMatch(one -> one.getCode() == interaction);
    }
}
