package dev.ecgfhir.api;

import dev.ecgfhir.fhir.recording.ResourceParser;
import java.util.ArrayList;
import java.util.List;
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
 * @param ecgs the ECGs, in the order of the request
 * @param model which network reads them; empty: the one that fits each ECG
 * @param store true to store the reports
 */
record InterpretBody(List<AskedEcg> ecgs, Optional<String> model, boolean store) {
    private static final ResourceParser PARSER = new ResourceParser();

    InterpretBody {
        ecgs = List.copyOf(ecgs);
    }

    /**
     * Reads a body.
     *
     * @param text JSON or XML; may be empty at instance level
     * @return what it asks for
     * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException if it is not Parameters or an Observation
     */
    static InterpretBody read(String text) {
        if (text.isBlank()) {
            return new InterpretBody(List.of(), Optional.empty(), false);
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
            return new InterpretBody(List.of(new AskedEcg.Given(observation)), Optional.empty(), false);
        }
        if (resource instanceof Parameters parameters) {
            return read(parameters);
        }
        throw Outcomes.badRequest(
                "WRONG_BODY", "the body is a " + resource.fhirType() + "; it must be Parameters or an Observation");
    }

    private static InterpretBody read(Parameters parameters) {
        List<AskedEcg> ecgs = new ArrayList<>();
        Optional<String> model = Optional.empty();
        Optional<Boolean> store = Optional.empty();
        for (ParametersParameterComponent parameter : parameters.getParameter()) {
            String name = parameter.getName() == null ? "" : parameter.getName();
            switch (name) {
                case "observation" -> ecgs.add(observation(parameter));
                case "reference" -> ecgs.add(reference(parameter));
                case "model" -> {
                    once(name, model);
                    if (!(parameter.getValue() instanceof StringType value) || !value.hasValue()) {
                        throw wrong(name, "a 'valueString', the name or hash of a model");
                    }
                    model = Optional.of(value.getValue());
                }
                case "store" -> {
                    once(name, store);
                    if (!(parameter.getValue() instanceof BooleanType value) || !value.hasValue()) {
                        throw wrong(name, "a 'valueBoolean'");
                    }
                    store = Optional.of(value.booleanValue());
                }
                default ->
                    throw Outcomes.badRequest(
                            "UNKNOWN_PARAMETER",
                            "Parameters has a parameter that $interpret does not know; it knows observation, reference, store and model");
            }
        }
        return new InterpretBody(ecgs, model, store.orElse(false));
    }

    private static AskedEcg observation(ParametersParameterComponent parameter) {
        if (!(parameter.getResource() instanceof Observation resource)) {
            throw wrong("observation", "an Observation in 'resource'");
        }
        return new AskedEcg.Given(resource);
    }

    private static AskedEcg reference(ParametersParameterComponent parameter) {
        if (!(parameter.getValue() instanceof Reference value) || !value.hasReference()) {
            throw wrong("reference", "a literal 'valueReference'");
        }
        return new AskedEcg.Referred(value.getReference());
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
