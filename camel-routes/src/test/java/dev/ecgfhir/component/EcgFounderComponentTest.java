package dev.ecgfhir.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.routes.Ecgs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The component as somebody else's route sees it: a plain Camel context and our jar. */
class EcgFounderComponentTest {
    private final CamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    private void route(String endpoint) throws Exception {
        context.getRegistry().bind("real", Interpreter.class, Ecgs.interpreter());
        context.getRegistry().bind("refusing", Interpreter.class, (Interpreter)
                recording -> new Outcome.Refused("NO_MODEL", "no model for these leads"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ecg").to(endpoint);
            }
        });
        context.start();
    }

    private Exchange send(Object body) {
        return context.createProducerTemplate()
                .request("direct:ecg", exchange -> exchange.getMessage().setBody(body));
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, String.class);
    }

    @Test
    void reads_an_ecg_with_demonstration_weights_in_a_java_route() throws Exception {
        route("ecgfounder:interpret?demonstration=true");
        Exchange exchange = send(Ecgs.twelveLeads());
        assertThat(exchange.getException()).isNull();
        Interpretation interpretation = exchange.getMessage().getBody(Interpretation.class);
        assertThat(interpretation.model().leads()).isEqualTo(12);
        assertThat(interpretation.scores()).hasSize(150);
        assertThat(header(exchange, EcgFounderConstants.OUTCOME)).isEqualTo("interpreted");
        assertThat(header(exchange, EcgFounderConstants.MODEL_HASH))
                .isEqualTo(interpretation.model().hash());
        assertThat(exchange.getMessage().getHeader(EcgFounderConstants.DEMONSTRATION))
                .isEqualTo(true);
    }

    @Test
    void reads_in_a_reduced_precision_and_says_so() throws Exception {
        route("ecgfounder:interpret?demonstration=true&engine=pytorch&precision=int8-weights");
        Interpretation reduced = send(Ecgs.twelveLeads()).getMessage().getBody(Interpretation.class);
        assertThat(reduced.model().precision()).isEqualTo(Precision.INT8_WEIGHTS);
        assertThat(reduced.scores())
                .isNotEqualTo(((Outcome.Interpreted) Ecgs.interpreter().interpret(reduced.recording()))
                        .interpretation()
                        .scores());
    }

    @Test
    void does_not_start_with_a_precision_that_does_not_exist() {
        assertThatThrownBy(() -> route("ecgfounder:interpret?demonstration=true&precision=int4"))
                .hasStackTraceContaining("precision must be one of float32, bfloat16-weights")
                .hasStackTraceContaining("was 'int4'");
    }

    @ParameterizedTest
    @CsvSource({"route.yaml", "route.xml"})
    void reads_an_ecg_in_a_route_of_another_language(String file) throws Exception {
        context.getRegistry().bind("cardiology", Interpreter.class, Ecgs.interpreter());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.resolveMandatoryResource(context, "classpath:dev/ecgfhir/component/" + file));
        context.start();
        Exchange exchange = send(Ecgs.twelveLeads());
        assertThat(exchange.getException()).isNull();
        String json = exchange.getMessage().getBody(String.class);
        DiagnosticReport report = FhirContext.forR4Cached().newJsonParser().parseResource(DiagnosticReport.class, json);
        assertThat(report.getCode().getCodingFirstRep().getCode()).isEqualTo("11524-6");
        assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    }

    @Test
    void takes_every_form_of_an_observation() throws Exception {
        route("ecgfounder:interpret?interpreter=#bean:real");
        String json = Ecgs.singleLead();
        Observation resource = FhirContext.forR4Cached().newJsonParser().parseResource(Observation.class, json);
        String xml = FhirContext.forR4Cached().newXmlParser().encodeResourceToString(resource);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        double[] expected =
                send(json).getMessage().getBody(Interpretation.class).scores();
        for (Object body : new Object[] {resource, xml, bytes, new ByteArrayInputStream(bytes)}) {
            Exchange exchange = send(body);
            assertThat(exchange.getException()).isNull();
            Interpretation interpretation = exchange.getMessage().getBody(Interpretation.class);
            assertThat(interpretation.model().leads()).isEqualTo(1);
            assertThat(interpretation.scores())
                    .describedAs(body.getClass().getName())
                    .containsExactly(expected);
        }
    }

    @Test
    void takes_a_recording_that_was_read_before() throws Exception {
        route("ecgfounder:interpret?interpreter=#bean:real");
        Interpretation first = send(Ecgs.singleLead()).getMessage().getBody(Interpretation.class);
        Interpretation second = send(first.recording()).getMessage().getBody(Interpretation.class);
        assertThat(second.scores()).containsExactly(first.scores());
    }

    @Test
    void writes_the_transaction_bundle_of_the_report() throws Exception {
        route(
                "ecgfounder:interpret?interpreter=#bean:real&output=bundle&source=http://ward/fhir&target=http://archive/fhir");
        Bundle bundle = send(Ecgs.observation("7")).getMessage().getBody(Bundle.class);
        assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.TRANSACTION);
        assertThat(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle))
                .contains("http://ward/fhir/Observation/7");
    }

    @Test
    void believes_the_header_about_the_source_before_the_option() throws Exception {
        route("ecgfounder:interpret?interpreter=#bean:real&source=http://option/fhir");
        Exchange exchange = context.createProducerTemplate().request("direct:ecg", given -> {
            given.getMessage().setBody(Ecgs.observation("7"));
            given.getMessage().setHeader(EcgFounderConstants.SOURCE, "http://header/fhir");
        });
        assertThat(exchange.getMessage()
                        .getBody(Interpretation.class)
                        .recording()
                        .source()
                        .base())
                .isEqualTo("http://header/fhir");
    }

    @Test
    void answers_a_recording_that_it_cannot_read_with_an_operation_outcome() throws Exception {
        route("ecgfounder:interpret?interpreter=#bean:real");
        Exchange exchange = send(Ecgs.unreadable("1"));
        assertThat(exchange.getException()).isNull();
        OperationOutcome outcome = exchange.getMessage().getBody(OperationOutcome.class);
        assertThat(outcome.getIssueFirstRep().getDetails().getCodingFirstRep().getCode())
                .isEqualTo("NO_PERIOD");
        assertThat(outcome.getIssueFirstRep().getExpression().get(0).getValue()).startsWith("Observation.component[0]");
        assertThat(header(exchange, EcgFounderConstants.OUTCOME)).isEqualTo("refused");
        assertThat(header(exchange, EcgFounderConstants.REASON)).isEqualTo("NO_PERIOD");
        assertThat(header(exchange, EcgFounderConstants.DETAIL)).isNotBlank();
        assertThat(header(exchange, EcgFounderConstants.MODEL_HASH)).isNull();
    }

    @Test
    void passes_on_the_reason_of_the_interpreter() throws Exception {
        route("ecgfounder:interpret?interpreter=#bean:refusing");
        Exchange exchange = send(Ecgs.observation("1"));
        assertThat(header(exchange, EcgFounderConstants.REASON)).isEqualTo("NO_MODEL");
        assertThat(header(exchange, EcgFounderConstants.DETAIL)).isEqualTo("no model for these leads");
    }

    @Test
    void throws_a_refusal_where_that_is_asked_for() throws Exception {
        route("ecgfounder:interpret?interpreter=#bean:refusing&onRefusal=exception");
        Exchange exchange = send(Ecgs.observation("1"));
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(
                        RefusedRecordingException.class,
                        refused -> assertThat(refused.reason()).isEqualTo("NO_MODEL"))
                .hasMessage("NO_MODEL: no model for these leads");
    }

    @Test
    void says_what_a_body_is_that_is_no_observation() throws Exception {
        route("ecgfounder:interpret?interpreter=#bean:real");
        Exchange patient = send(new Patient());
        assertThat(header(patient, EcgFounderConstants.OUTCOME)).isEqualTo("ignored");
        assertThat(header(patient, EcgFounderConstants.REASON)).isEqualTo("NOT_AN_OBSERVATION");
        Exchange nothing = send(null);
        assertThat(header(nothing, EcgFounderConstants.REASON)).isEqualTo("UNREADABLE");
        assertThat(header(nothing, EcgFounderConstants.DETAIL)).startsWith("the body is empty");
        Exchange noise = send("{\"resourceType\":");
        assertThat(header(noise, EcgFounderConstants.REASON)).isEqualTo("UNREADABLE");
    }

    @Test
    void forgets_the_headers_of_an_endpoint_before_it() throws Exception {
        route("ecgfounder:interpret?interpreter=#bean:real");
        Exchange exchange = context.createProducerTemplate().request("direct:ecg", given -> {
            given.getMessage().setBody(Ecgs.singleLead());
            given.getMessage().setHeader(EcgFounderConstants.REASON, "NO_PERIOD");
        });
        assertThat(header(exchange, EcgFounderConstants.REASON)).isNull();
    }

    @Test
    void reads_samples_without_unit_in_the_default_unit_alone() throws Exception {
        Observation unitless = Ecgs.observation("1");
        unitless.getComponent()
                .forEach(lead -> lead.getValueSampledData()
                        .getOrigin()
                        .setUnit(null)
                        .setSystem(null)
                        .setCode(null));
        route("ecgfounder:interpret?interpreter=#bean:real&defaultUnit=mV");
        assertThat(header(send(unitless), EcgFounderConstants.OUTCOME)).isEqualTo("interpreted");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:strict").to("ecgfounder:interpret?interpreter=#bean:real");
            }
        });
        Exchange strict = context.createProducerTemplate()
                .request("direct:strict", exchange -> exchange.getMessage().setBody(unitless));
        assertThat(header(strict, EcgFounderConstants.REASON)).isEqualTo("NO_UNIT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ecgfounder:diagnose; must be ecgfounder:interpret or ecgfounder:embed, was ecgfounder:diagnose",
                "ecgfounder:interpret; no model: set twelveLeadModel",
                "ecgfounder:interpret?interpreter=#bean:real&demonstration=true; brings its own models",
                "ecgfounder:interpret?demonstration=true&singleLeadModel=x.pth; exclude one another",
                "ecgfounder:interpret?interpreter=#bean:real&defaultUnit=kV; defaultUnit must be V, mV, uV or nV, was 'kV'",
                "ecgfounder:interpret?twelveLeadModel=/no/such/file.pth; /no/such/file.pth",
                "ecgfounder:interpret?demonstration=true&unknownOption=1; unknownOption",
            })
    void does_not_start_with_settings_that_make_no_sense(String endpoint, String message) {
        assertThatThrownBy(() -> route(endpoint))
                .isInstanceOf(Exception.class)
                .satisfies(failure -> assertThat(messages(failure)).contains(message));
    }

    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
    }

    @Test
    void refuses_a_model_of_the_wrong_leads(@org.junit.jupiter.api.io.TempDir Path directory) throws Exception {
        Path file = directory.resolve("single.pth");
        try (var weights = dev.ecgfhir.inference.EcgModels.class.getResourceAsStream("demonstration/demo-1-lead.pth")) {
            java.nio.file.Files.copy(weights, file);
        }
        assertThatThrownBy(() -> route("ecgfounder:interpret?twelveLeadModel=" + file))
                .satisfies(failure -> assertThat(messages(failure))
                        .contains("twelveLeadModel: '" + file + "' takes 1 leads, expected 12"));
    }

    @Test
    void loads_one_network_for_all_endpoints_of_the_same_settings() throws Exception {
        route("ecgfounder:interpret?demonstration=true&output=bundle");
        EcgFounderComponent component = context.getComponent("ecgfounder", EcgFounderComponent.class);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:second").to("ecgfounder:interpret?demonstration=true&output=report");
            }
        });
        assertThat(component.interpreters().running()).hasSize(2); // one for twelve leads, one for lead I
    }

    @Test
    void tells_its_health_with_the_networks_in_use() throws Exception {
        route("ecgfounder:interpret?demonstration=true");
        HealthCheckRegistry registry = HealthCheckHelper.getHealthCheckRegistry(context);
        HealthCheck check = (HealthCheck) registry.resolveById("ecgfounder");
        HealthCheck.Result result = check.call();
        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getDetails().get("ecgfounder.demonstration")).isEqualTo(true);
        assertThat((String) result.getDetails().get("ecgfounder.models")).contains("12 leads, sha256:");
    }

    @Test
    void converts_between_resources_and_text() {
        context.start();
        var converter = context.getTypeConverter();
        Observation observation = converter.convertTo(Observation.class, Ecgs.twelveLeads());
        assertThat(observation.getComponent()).hasSize(12);
        byte[] bytes = Ecgs.twelveLeads().getBytes(StandardCharsets.UTF_8);
        assertThat(converter
                        .convertTo(Observation.class, new ByteArrayInputStream(bytes))
                        .getComponent())
                .hasSize(12);
        assertThat(converter.convertTo(String.class, new Bundle().setType(Bundle.BundleType.TRANSACTION)))
                .isEqualTo("{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}");
        assertThat(converter.convertTo(String.class, new OperationOutcome()))
                .isEqualTo("{\"resourceType\":\"OperationOutcome\"}");
    }
}
