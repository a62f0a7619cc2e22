package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceParserTest {
    private static final String SECRET = "Mustermann";
    private final ResourceParser parser = new ResourceParser();
    private final FhirContext context = FhirContext.forR4Cached();

    @Test
    void reads_json_and_xml_alike() {
        Observation observation = EcgObservation.twelveLeads().build();
        String json = context.newJsonParser().encodeResourceToString(observation);
        String xml = context.newXmlParser().encodeResourceToString(observation);
        ObservationReader reader = new ObservationReader(ReadOptions.defaults());
        String expected = EcgObservation.twelveLeads().recording().contentHash();
        for (String text : new String[] {json, xml, "\uFEFF" + json, "\n  " + xml + "\n"}) {
            assertThat(reader.read(text, "test"))
                    .isInstanceOfSatisfying(
                            ReadOutcome.Read.class,
                            read -> assertThat(read.recording().contentHash()).isEqualTo(expected));
        }
    }

    @Test
    void ignores_other_resources() {
        assertThat(new ObservationReader(ReadOptions.defaults()).read("{\"resourceType\":\"Patient\"}", "test"))
                .isEqualTo(new ReadOutcome.Ignored(IgnoreReason.NOT_AN_OBSERVATION, "the resource is a Patient"));
    }

    @Test
    void tells_where_json_is_damaged_without_quoting_it() {
        ReadOutcome.Refused refused = refusal("{\n \"resourceType\": \"Observation\",\n \"status\": " + SECRET + " }");
        assertThat(refused.detail())
                .isEqualTo(
                        "not a FHIR R4 resource: the JSON is damaged at line 3, column 22; expected an Observation or a Bundle");
    }

    @Test
    void tells_where_xml_is_damaged_without_quoting_it() {
        ReadOutcome.Refused refused =
                refusal("<Observation xmlns=\"http://hl7.org/fhir\">\n<id value=\"" + SECRET + "\">\n</Observation>");
        assertThat(refused.detail()).contains("the XML is damaged at line 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                SECRET,
                "{",
                "{}",
                "[]",
                "{\"resourceType\":\"" + SECRET + "\"}",
                "{\"resourceType\":7}",
                "{\"resourceType\":\"Observation\",\"status\":\"" + SECRET + "\"}",
                "{\"resourceType\":\"Observation\",\"status\":\"final\"} {\"resourceType\":\"Observation\",\"id\":\""
                        + SECRET + "\"}",
                "{\"resourceType\":\"Observation\",\"status\":\"final\"}\n" + SECRET,
                "{\"resourceType\":\"Observation\",\"valueSampledData\":{\"period\":\"" + SECRET + "\"}}",
                "{\"resourceType\":\"Observation\",\"component\":\"" + SECRET + "\"}",
                "{\"resourceType\":\"Observation\",\"component\":[\"" + SECRET + "\"]}",
                "<" + SECRET + "/>",
                "<html><body>" + SECRET + "</body></html>"
            })
    void refuses_what_is_no_resource_and_never_quotes_it(String text) {
        ReadOutcome.Refused refused = refusal(text);
        assertThat(refused.reason()).isEqualTo(RefusalReason.UNREADABLE);
        assertThat(refused.detail()).contains("expected").doesNotContain(SECRET);
        assertThat(refused.element()).doesNotContain(SECRET).isNotBlank();
    }

    @Test
    void names_the_element_whose_value_is_none() {
        assertThat(refusal("{\"resourceType\":\"Observation\",\"issued\":\"yesterday\"}")
                        .element())
                .contains("issued");
    }

    @Test
    void does_not_resolve_external_entities() {
        String xml = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + "<Observation xmlns=\"http://hl7.org/fhir\"><id value=\"&e;\"/></Observation>";
        ResourceParser.Parsed parsed = parser.parse(xml);
        if (parsed instanceof ResourceParser.Resource resource) {
            assertThat(resource.resource().getIdElement().getIdPart()).isNullOrEmpty();
        } else {
            assertThat(parsed).isInstanceOf(ResourceParser.Unreadable.class);
        }
    }

    @Test
    void survives_deep_nesting() {
        assertThat(refusal("{\"resourceType\":\"Observation\",\"a\":" + "[".repeat(200_000))
                        .reason())
                .isEqualTo(RefusalReason.UNREADABLE);
        String open = "<component><code>".repeat(1) + "<extension url=\"u\">".repeat(100_000);
        assertThat(parser.parse("<Observation xmlns=\"http://hl7.org/fhir\">" + open))
                .isInstanceOf(ResourceParser.Unreadable.class);
    }

    @Test
    void passes_over_elements_of_later_versions() {
        assertThat(
                        parser.parse(
                                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"triggeredBy\":[{\"type\":\"reflex\"}]}"))
                .isInstanceOf(ResourceParser.Resource.class);
    }

    @Test
    void reads_an_r5_body_as_one_without_period() {
        String json = context.newJsonParser()
                .encodeResourceToString(EcgObservation.twelveLeads().build())
                .replace("\"period\":2", "\"interval\":2,\"intervalUnit\":\"ms\"");
        assertThat(new ObservationReader(ReadOptions.defaults()).read(json, "test"))
                .isInstanceOfSatisfying(
                        ReadOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.NO_PERIOD));
    }

    @Test
    void reads_strings_of_more_than_twenty_megabytes() {
        String data = EcgObservation.data(6_000_000, 1);
        assertThat(data.length()).isGreaterThan(20_000_000);
        String json = context.newJsonParser()
                .encodeResourceToString(EcgObservation.single(EcgObservation.MDC, "131329", data)
                        .build());
        ObservationReader patient = new ObservationReader(ReadOptions.defaults().withMaximumPoints(6_000_000));
        assertThat(patient.read(json, "test"))
                .isInstanceOfSatisfying(
                        ReadOutcome.Read.class,
                        read -> assertThat(read.recording().seconds()).isEqualTo(12_000));
        assertThat(new ObservationReader(ReadOptions.defaults()).read(json, "test"))
                .isEqualTo(
                        new ReadOutcome.Refused(
                                RefusalReason.TOO_LONG,
                                "Observation.valueSampledData.data",
                                "data has 6000000 points; expected at most 4000000, which are left of the limit for one recording"));
    }

    private ReadOutcome.Refused refusal(String text) {
        ResourceParser.Parsed parsed = parser.parse(text);
        if (parsed instanceof ResourceParser.Unreadable unreadable) {
            return unreadable.outcome();
        }
        throw new AssertionError("expected a refusal, was " + parsed);
    }
}
