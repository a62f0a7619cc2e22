package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import dev.ecgfhir.terminology.Terminology;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;

/** A client that knows the standard's terminology operations and nothing of this product; the same for a server with and without repository. */
final class StandardTerminologyClient {
    private static final String SNOMED_CT = "http://snomed.info/sct";
    private static final String FIBRILLATION = "ATRIAL FIBRILLATION";
    private static final UriType LABELS = new UriType(Terminology.LABELS);
    private static final UriType MAP = new UriType(Terminology.LABELS_TO_SNOMED_CT);
    private static final UriType CRITICAL = new UriType("https://ecgfhir.dev/ValueSet/ecgfounder-critical-findings");

    private final IGenericClient client;

    StandardTerminologyClient(RunningServer server) {
        FhirContext context = FhirContext.forR4();
        context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        this.client = context.newRestfulGenericClient(server.baseUrl() + "/fhir");
    }

    /** Looks up by code and by coding, by GET and by POST. */
    void looksUp() {
        for (boolean get : List.of(true, false)) {
            Parameters answer =
                    ask(CodeSystem.class, "$lookup", get, "system", LABELS, "code", new CodeType("ACUTE MI"));
            assertThat(text(answer, "display")).isEqualTo("Acute myocardial infarction");
            assertThat(answer.getParameter())
                    .filteredOn(parameter -> parameter.getName().equals("property"))
                    .anySatisfy(property -> {
                        assertThat(part(property, "code")).isEqualTo("alert-level");
                        assertThat(part(property, "value")).isEqualTo("critical");
                    });
        }
        assertThat(text(
                        ask(
                                CodeSystem.class,
                                "$lookup",
                                false,
                                "coding",
                                new Coding(Terminology.LABELS, FIBRILLATION, null)),
                        "display"))
                .isEqualTo("Atrial fibrillation");
        refused(
                404,
                () -> ask(CodeSystem.class, "$lookup", true, "system", LABELS, "code", new CodeType("FIBRILLATION")));
    }

    /** Validates against code system and value set in every form. */
    void validates() {
        for (boolean get : List.of(true, false)) {
            assertThat(valid(CodeSystem.class, get, "url", LABELS, "code", new CodeType(FIBRILLATION)))
                    .isTrue();
            assertThat(valid(CodeSystem.class, get, "url", LABELS, "code", new CodeType("FIBRILLATION")))
                    .isFalse();
            assertThat(valid(ValueSet.class, get, "url", CRITICAL, "system", LABELS, "code", new CodeType("ACUTE MI")))
                    .isTrue();
            assertThat(valid(
                            ValueSet.class, get, "url", CRITICAL, "system", LABELS, "code", new CodeType(FIBRILLATION)))
                    .isFalse();
        }
        Coding tachycardia = new Coding(SNOMED_CT, "164895002", null);
        CodeableConcept both = new CodeableConcept()
                .addCoding(new Coding("urn:oid:1.2.3", "X", null))
                .addCoding(tachycardia);
        assertThat(valid(ValueSet.class, false, "url", CRITICAL, "coding", tachycardia))
                .isTrue();
        assertThat(valid(ValueSet.class, false, "url", CRITICAL, "codeableConcept", both))
                .isTrue();
        assertThat(valid(
                        CodeSystem.class,
                        false,
                        "coding",
                        new Coding(Terminology.LABELS, FIBRILLATION, null),
                        "url",
                        LABELS))
                .isTrue();
    }

    /** Expands by address and by id, with filter and page. */
    void expands() {
        ValueSet critical = client.operation()
                .onType(ValueSet.class)
                .named("$expand")
                .withParameter(Parameters.class, "url", CRITICAL)
                .useHttpGet()
                .returnResourceType(ValueSet.class)
                .execute();
        assertThat(critical.getExpansion().getContains())
                .hasSize(13)
                .extracting(ValueSet.ValueSetExpansionContainsComponent::getCode)
                .contains("ACUTE MI", "164906009")
                .doesNotContain("57054005");
        ValueSet filtered = client.operation()
                .onInstance("ValueSet/ecgfounder-critical-findings")
                .named("$expand")
                .withParameter(Parameters.class, "filter", new StringType("injury"))
                .returnResourceType(ValueSet.class)
                .execute();
        assertThat(filtered.getExpansion().getContains()).hasSize(5);
        ValueSet page = client.operation()
                .onType(ValueSet.class)
                .named("$expand")
                .withParameter(Parameters.class, "url", CRITICAL)
                .andParameter("offset", new IntegerType(2))
                .andParameter("count", new IntegerType(3))
                .returnResourceType(ValueSet.class)
                .execute();
        assertThat(page.getExpansion().getContains()).hasSize(3);
        refused(
                404,
                () -> client.operation()
                        .onType(ValueSet.class)
                        .named("$expand")
                        .withParameter(Parameters.class, "url", new UriType("http://example.org/none"))
                        .returnResourceType(ValueSet.class)
                        .execute());
    }

    /** Translates in every form, to and back. */
    void translates() {
        Coding label = new Coding(Terminology.LABELS, FIBRILLATION, null);
        for (boolean get : List.of(true, false)) {
            assertThat(concepts(ask(
                            ConceptMap.class,
                            "$translate",
                            get,
                            "url",
                            MAP,
                            "system",
                            LABELS,
                            "code",
                            new CodeType(FIBRILLATION))))
                    .containsExactly("164889003");
        }
        assertThat(concepts(ask(ConceptMap.class, "$translate", false, "url", MAP, "coding", label)))
                .containsExactly("164889003");
        assertThat(concepts(ask(ConceptMap.class, "$translate", false, "coding", label)))
                .contains("164889003");
        assertThat(concepts(ask(
                        ConceptMap.class,
                        "$translate",
                        false,
                        "url",
                        MAP,
                        "codeableConcept",
                        new CodeableConcept().addCoding(label),
                        "targetsystem",
                        new UriType(SNOMED_CT))))
                .containsExactly("164889003");
        Parameters unknown = ask(
                ConceptMap.class,
                "$translate",
                true,
                "url",
                MAP,
                "system",
                LABELS,
                "code",
                new CodeType("FIBRILLATION"));
        assertThat(unknown.getParameterBool("result")).isFalse();
        Parameters unmatched =
                ask(ConceptMap.class, "$translate", true, "url", MAP, "system", LABELS, "code", new CodeType("ACUTE"));
        assertThat(unmatched.getParameterBool("result")).isFalse();
        assertThat(concepts(ask(
                        ConceptMap.class,
                        "$translate",
                        false,
                        "url",
                        MAP,
                        "coding",
                        new Coding(SNOMED_CT, "164889003", null),
                        "reverse",
                        new BooleanType(true))))
                .contains(FIBRILLATION);
    }

    /** Asks by version, by instance, and with the parameters that narrow an answer. */
    void asksWithVersionsAndByInstance() {
        StringType version = new StringType(Terminology.labelMap().version());
        StringType none = new StringType("0.0.1");
        assertThat(text(
                        ask(
                                CodeSystem.class,
                                "$lookup",
                                true,
                                "system",
                                LABELS,
                                "version",
                                version,
                                "code",
                                new CodeType(FIBRILLATION)),
                        "display"))
                .isEqualTo("Atrial fibrillation");
        refused(
                404,
                () -> ask(
                        CodeSystem.class,
                        "$lookup",
                        true,
                        "system",
                        LABELS,
                        "version",
                        none,
                        "code",
                        new CodeType(FIBRILLATION)));
        assertThat(ask(
                                CodeSystem.class,
                                "$lookup",
                                true,
                                "system",
                                LABELS,
                                "code",
                                new CodeType("ACUTE MI"),
                                "property",
                                new CodeType("alert-level"))
                        .getParameter())
                .filteredOn(parameter -> parameter.getName().equals("property"))
                .extracting(property -> part(property, "code"))
                .containsExactly("alert-level");

        Coding label = new Coding(Terminology.LABELS, FIBRILLATION, null);
        Parameters coding = new Parameters();
        coding.addParameter().setName("coding").setValue(label);
        assertThat(onInstance("CodeSystem/ecgfounder-labels", "$validate-code", coding)
                        .getParameterBool("result"))
                .isTrue();
        assertThat(onInstance("ValueSet/ecgfounder-labels", "$validate-code", coding)
                        .getParameterBool("result"))
                .isTrue();
        assertThat(onInstance("ValueSet/ecgfounder-critical-findings", "$validate-code", coding)
                        .getParameterBool("result"))
                .isFalse();
        assertThat(concepts(onInstance("ConceptMap/ecgfounder-labels-to-snomed-ct", "$translate", coding)))
                .containsExactly("164889003");
        assertThat(concepts(ask(
                        ConceptMap.class,
                        "$translate",
                        true,
                        "url",
                        MAP,
                        "conceptMapVersion",
                        version,
                        "system",
                        LABELS,
                        "code",
                        new CodeType(FIBRILLATION))))
                .containsExactly("164889003");

        assertThat(valid(
                        ValueSet.class,
                        true,
                        "url",
                        new UriType(CRITICAL.getValue() + "|" + version.getValue()),
                        "system",
                        LABELS,
                        "code",
                        new CodeType("ACUTE MI")))
                .isTrue();
        assertThat(client.operation()
                        .onType(ValueSet.class)
                        .named("$expand")
                        .withParameter(
                                Parameters.class, "url", new UriType(CRITICAL.getValue() + "|" + version.getValue()))
                        .useHttpGet()
                        .returnResourceType(ValueSet.class)
                        .execute()
                        .getExpansion()
                        .getContains())
                .hasSize(13);
        assertThat(ask(
                                CodeSystem.class,
                                "$validate-code",
                                true,
                                "url",
                                LABELS,
                                "code",
                                new CodeType(FIBRILLATION),
                                "display",
                                new StringType("Asystole"))
                        .getParameterBool("result"))
                .as("a display that is another concept's")
                .isFalse();
        Coding misnamed = new Coding(Terminology.LABELS, FIBRILLATION, "Asystole");
        Coding named = new Coding(Terminology.LABELS, FIBRILLATION, "Atrial fibrillation");
        assertThat(validOnInstance(misnamed)).isFalse();
        assertThat(validOnInstance(named)).isTrue();
        assertThat(validOnInstance(new CodeableConcept(misnamed))).isFalse();
        assertThat(validOnInstance(new CodeableConcept(misnamed).addCoding(named)))
                .as("one of the two is right")
                .isTrue();
    }

    private boolean validOnInstance(Type given) {
        Parameters in = new Parameters();
        in.addParameter()
                .setName(given instanceof Coding ? "coding" : "codeableConcept")
                .setValue(given);
        return onInstance("CodeSystem/ecgfounder-labels", "$validate-code", in).getParameterBool("result");
    }

    private Parameters onInstance(String id, String operation, Parameters in) {
        return client.operation()
                .onInstance(id)
                .named(operation)
                .withParameters(in)
                .execute();
    }

    private Parameters ask(Class<? extends IBaseResource> type, String operation, boolean get, Object... parameters) {
        Parameters in = new Parameters();
        for (int i = 0; i < parameters.length; i += 2) {
            in.addParameter().setName((String) parameters[i]).setValue((Type) parameters[i + 1]);
        }
        var call = client.operation().onType(type).named(operation).withParameters(in);
        return get ? call.useHttpGet().execute() : call.execute();
    }

    private boolean valid(Class<? extends IBaseResource> type, boolean get, Object... parameters) {
        return ask(type, "$validate-code", get, parameters).getParameterBool("result");
    }

    private static List<String> concepts(Parameters answer) {
        return answer.getParameter().stream()
                .filter(parameter -> parameter.getName().equals("match"))
                .flatMap(match -> match.getPart().stream())
                .filter(part -> part.getName().equals("concept"))
                .map(part -> ((Coding) part.getValue()).getCode())
                .toList();
    }

    private static String text(Parameters answer, String name) {
        return answer.getParameterValue(name).primitiveValue();
    }

    private static String part(ParametersParameterComponent parameter, String name) {
        return parameter.getPart().stream()
                .filter(part -> part.getName().equals(name))
                .map(part -> part.getValue().primitiveValue())
                .findFirst()
                .orElse("");
    }

    private static void refused(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BaseServerResponseException.class, refusal -> {
            assertThat(refusal.getStatusCode()).isEqualTo(status);
            assertThat(refusal.getOperationOutcome()).isNotNull();
        });
    }
}
