package dev.ecgfhir.api;

import dev.ecgfhir.fhir.recording.ResourceParser;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * What a call of {@code $interpret} asks for.
 *
 * @param observation the ECG itself
 * @param reference where the ECG is
 * @param store true to store the report
 * @param model name or hash of the model that is to read it
 */
record InterpretBody(
        Optional<Observation> observation, Optional<String> reference, boolean store, Optional<String> model) {
    private static final ResourceParser PARSER = new ResourceParser();

    /**
     * Reads a body.
     *
     * @param text JSON or XML; may be empty at instance level
     * @return what it asks for
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException if it is not Parameters or an Observation
     */
    static InterpretBody read(String text) {
        if (text.isBlank()) {
            return new InterpretBody(Optional.empty(), Optional.empty(), false, Optional.empty());
        }
        ResourceParser.Parsed parsed = PARSER.parse(text);
        if (parsed instanceof ResourceParser.Unreadable unreadable) {
            throw Outcomes.failure(
                    400,
                    org.hl7.fhir.r4.model.OperationOutcome.IssueType.STRUCTURE,
                    unreadable.outcome().reason().name(),
                    Optional.of(unreadable.outcome().element()),
                    unreadable.outcome().detail());
        }
        IBaseResource resource = ((ResourceParser.Resource) parsed).resource();
        if (resource instanceof Observation observation) {
            return new InterpretBody(Optional.of(observation), Optional.empty(), false, Optional.empty());
        }
        if (resource instanceof Parameters parameters) {
            return read(parameters);
        }
        throw Outcomes.badRequest(
                "WRONG_BODY", "the body is a " + resource.fhirType() + "; it must be Parameters or an Observation");
    }

    private static InterpretBody read(Parameters parameters) {
        Optional<Observation> observation = Optional.empty();
        Optional<String> reference = Optional.empty();
        Optional<Boolean> store = Optional.empty();
        Optional<String> model = Optional.empty();
        for (ParametersParameterComponent parameter : parameters.getParameter()) {
            String name = parameter.getName() == null ? "" : parameter.getName();
            switch (name) {
                case "observation" -> {
                    once(name, observation);
                    if (!(parameter.getResource() instanceof Observation resource)) {
                        throw wrong(name, "an Observation in 'resource'");
                    }
                    observation = Optional.of(resource);
                }
                case "reference" -> {
                    once(name, reference);
                    if (!(parameter.getValue() instanceof Reference value) || !value.hasReference()) {
                        throw wrong(name, "a literal 'valueReference'");
                    }
                    reference = Optional.of(value.getReference());
                }
                case "store" -> {
                    once(name, store);
                    if (!(parameter.getValue() instanceof BooleanType value) || !value.hasValue()) {
                        throw wrong(name, "a 'valueBoolean'");
                    }
                    store = Optional.of(value.booleanValue());
                }
                case "model" -> {
                    once(name, model);
                    if (!(parameter.getValue() instanceof StringType value) || !value.hasValue()) {
                        throw wrong(name, "a 'valueString', the name or hash of a model");
                    }
                    model = Optional.of(value.getValue());
                }
                default ->
                    throw Outcomes.badRequest(
                            "UNKNOWN_PARAMETER",
                            "Parameters has a parameter that $interpret does not know; it knows observation, reference, store and model");
            }
        }
        return new InterpretBody(observation, reference, store.orElse(false), model);
    }

    private static void once(String name, Optional<?> earlier) {
        if (earlier.isPresent()) {
            throw Outcomes.badRequest("REPEATED_PARAMETER", "parameter '" + name + "' is there more than once");
        }
    }

    private static RuntimeException wrong(String name, String expected) {
        return Outcomes.badRequest("WRONG_PARAMETER", "parameter '" + name + "' must have " + expected);
    }
}
