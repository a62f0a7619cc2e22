package dev.ecgfhir.api;

import static dev.ecgfhir.api.Outcomes.badRequest;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** {@code $lookup} and {@code $validate-code} on this product's own code systems, without a repository. Codes are compared whole. */
final class FixedCodeSystems extends FixedResources<CodeSystem> {
    FixedCodeSystems(List<MetadataResource> all) {
        super(CodeSystem.class, all);
    }

    @Operation(name = "$lookup", idempotent = true)
    public Parameters lookup(
            @OperationParam(name = "code") @Nullable CodeType code,
            @OperationParam(name = "system") @Nullable UriType system,
            @OperationParam(name = "coding") @Nullable Coding coding,
            @OperationParam(name = "property") @Nullable List<CodeType> properties) {
        CodeSystem codes = named(null, coding == null ? system : coding.getSystemElement(), "system");
        ConceptDefinitionComponent concept = find(codes, code(code, coding))
                .orElseThrow(() -> new ResourceNotFoundException("The code is not in " + codes.getUrl()));
        Set<String> asked = properties == null
                ? Set.of()
                : properties.stream().map(CodeType::getValue).collect(Collectors.toSet());
        Parameters answer = new Parameters();
        answer.addParameter("name", new StringType(codes.getName()));
        answer.addParameter("version", new StringType(codes.getVersion()));
        answer.addParameter("display", new StringType(concept.getDisplay()));
        concept.getDesignation().forEach(designation -> {
            ParametersParameterComponent part = answer.addParameter().setName("designation");
            part.addPart().setName("language").setValue(designation.getLanguageElement());
            part.addPart().setName("value").setValue(designation.getValueElement());
        });
        concept.getProperty().stream()
                .filter(property -> asked.isEmpty() || asked.contains(property.getCode()))
                .forEach(property -> {
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
            @OperationParam(name = "coding") @Nullable Coding coding,
            @OperationParam(name = "codeableConcept") @Nullable CodeableConcept concept) {
        List<Coding> given = GivenCodes.of(code, null, coding, concept);
        UriType meant =
                value(url).isEmpty() && given.get(0).hasSystem() ? given.get(0).getSystemElement() : url;
        CodeSystem codes = named(id, meant, "url");
        for (Coding one : given) {
            boolean here = !one.hasSystem() || one.getSystem().equals(codes.getUrl());
            Optional<ConceptDefinitionComponent> found = here ? find(codes, one.getCode()) : Optional.empty();
            if (found.isPresent()) {
                Optional<String> said = one.hasDisplay() ? Optional.of(one.getDisplay()) : value(display);
                return validity(found.map(ConceptDefinitionComponent::getDisplay), said, codes.getUrl());
            }
        }
        return validity(Optional.empty(), Optional.empty(), codes.getUrl());
    }

    private static String code(@Nullable CodeType code, @Nullable Coding coding) {
        return value(coding == null ? code : coding.getCodeElement())
                .orElseThrow(() -> badRequest("MISSING_PARAMETER", "parameter 'code' or 'coding' is missing"));
    }

    private static Optional<ConceptDefinitionComponent> find(CodeSystem codes, String code) {
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
                    new StringType(display.isEmpty() ? "The code is not in " + where : RightDisplays.ANOTHER_DISPLAY));
        }
        display.ifPresent(right -> answer.addParameter("display", new StringType(right)));
        return answer;
    }
}
