package dev.ecgfhir.api;

import static dev.ecgfhir.api.Outcomes.badRequest;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** {@code $lookup} and {@code $validate-code} on this product's own code system, without a repository. Codes are compared whole. */
final class FixedCodeSystems extends FixedResources<CodeSystem> {
    FixedCodeSystems(List<MetadataResource> all) {
        super(CodeSystem.class, all);
    }

    @Operation(name = "$lookup", idempotent = true)
    public Parameters lookup(
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "system") @Nullable UriType system,
            @OperationParam(name = "coding") @Nullable Coding coding) {
        CodeSystem codes = named(null, coding == null ? system : coding.getSystemElement(), "system");
        ConceptDefinitionComponent concept = find(codes, code(code, coding))
                .orElseThrow(() -> new ResourceNotFoundException("The code is not in " + codes.getUrl()));
        Parameters answer = new Parameters();
        answer.addParameter("name", new StringType(codes.getName()));
        answer.addParameter("version", new StringType(codes.getVersion()));
        answer.addParameter("display", new StringType(concept.getDisplay()));
        concept.getProperty().forEach(property -> {
            ParametersParameterComponent part = answer.addParameter().setName("property");
            part.addPart().setName("code").setValue(property.getCodeElement());
            part.addPart().setName("value").setValue(property.getValue());
        });
        return answer;
    }

    @Operation(name = "$validate-code", idempotent = true)
    public Parameters validate(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url") @Nullable UriType url,
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "display") @Nullable StringType display,
            @OperationParam(name = "coding") @Nullable Coding coding) {
        CodeSystem codes = named(id, url == null && coding != null ? coding.getSystemElement() : url, "url");
        Optional<String> said = value(coding == null ? display : coding.getDisplayElement());
        return validity(
                find(codes, code(code, coding)).map(ConceptDefinitionComponent::getDisplay), said, codes.getUrl());
    }

    static String code(@Nullable CodeType code, @Nullable Coding coding) {
        return value(coding == null ? code : coding.getCodeElement())
                .orElseThrow(() -> badRequest("MISSING_PARAMETER", "parameter 'code' or 'coding' is missing"));
    }

    static Optional<ConceptDefinitionComponent> find(CodeSystem codes, String code) {
        return codes.getConcept().stream()
                .filter(concept -> concept.getCode().equals(code))
                .findFirst();
    }

    /** Returns the answer of {@code $validate-code}, given the display of the code if it is there. */
    static Parameters validity(Optional<String> display, Optional<String> said, String where) {
        boolean valid = display.isPresent() && (said.isEmpty() || said.equals(display));
        Parameters answer = new Parameters();
        answer.addParameter("result", new BooleanType(valid));
        if (!valid) {
            answer.addParameter(
                    "message",
                    new StringType(display.isEmpty() ? "The code is not in " + where : "The code has another display"));
        }
        display.ifPresent(right -> answer.addParameter("display", new StringType(right)));
        return answer;
    }
}
