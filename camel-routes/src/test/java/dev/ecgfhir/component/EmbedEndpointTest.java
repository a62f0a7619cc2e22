package dev.ecgfhir.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyFile;
import dev.ecgfhir.pipeline.Embedding;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.routes.Ecgs;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ecgfounder:embed} as somebody else's route sees it. */
class EmbedEndpointTest {
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void bind() {
        context.getRegistry().bind("cardiology", Interpreter.class, Ecgs.interpreter());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void route(String... endpoints) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ecg").to(endpoints);
            }
        });
        context.start();
    }

    private Exchange send(Object body) {
        return context.createProducerTemplate()
                .request("direct:ecg", exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void leaves_the_features_that_the_network_gave_each_window() throws Exception {
        route("ecgfounder:embed?interpreter=#bean:cardiology");

        Exchange exchange = send(Ecgs.singleLead());

        assertThat(exchange.getException()).isNull();
        Embedding embedding = exchange.getMessage().getBody(Embedding.class);
        Interpretation same = interpretation(Ecgs.singleLead());
        assertThat(embedding.windows()).isEqualTo(3);
        assertThat(embedding.windowStarts()).containsExactly(0, 10, 20);
        for (int window = 0; window < 3; window++) {
            assertThat(embedding.features()[window])
                    .hasSize(128)
                    .containsExactly(same.windows().get(window).features());
        }
        assertThat(embedding.features()[0]).isNotEqualTo(embedding.features()[1]);
        assertThat(exchange.getMessage().getHeader(EcgFounderConstants.OUTCOME)).isEqualTo("embedded");
        assertThat(exchange.getMessage().getHeader(EcgFounderConstants.MODEL_HASH))
                .isEqualTo(same.model().hash());
        assertThat(exchange.getMessage().getHeader(EcgFounderConstants.DEMONSTRATION))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embed.yaml", "embed.xml"})
    void writes_a_numpy_file_in_a_route_of_another_language(String file) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.resolveMandatoryResource(context, "classpath:dev/ecgfhir/component/" + file));
        context.start();

        Exchange exchange = send(Ecgs.twelveLeads());

        assertThat(exchange.getException()).isNull();
        NpyArray array = NpyFile.parse(exchange.getMessage().getBody(byte[].class));
        assertThat(array.shape()).containsExactly(1, 128);
        assertThat(array.floats())
                .containsExactly(
                        interpretation(Ecgs.twelveLeads()).windows().get(0).features());
    }

    @Test
    void a_file_endpoint_takes_the_features_as_they_are(@TempDir Path folder) throws Exception {
        route("ecgfounder:embed?interpreter=#bean:cardiology", "file:" + folder + "?fileName=x.npy");

        assertThat(send(Ecgs.twelveLeads()).getException()).isNull();

        assertThat(NpyFile.read(folder.resolve("x.npy")).shape()).containsExactly(1, 128);
    }

    @Test
    void tells_a_refusal_as_interpret_does() throws Exception {
        route("ecgfounder:embed?interpreter=#bean:cardiology");

        Exchange exchange = send(Ecgs.unreadable("1"));

        assertThat(exchange.getMessage().getBody()).isInstanceOf(OperationOutcome.class);
        assertThat(exchange.getMessage().getHeader(EcgFounderConstants.OUTCOME)).isEqualTo("refused");
        assertThat(exchange.getMessage().getHeader(EcgFounderConstants.REASON)).isEqualTo("NO_PERIOD");
    }

    @Test
    void does_not_start_with_an_output_of_interpret() {
        assertThatThrownBy(() -> route("ecgfounder:embed?interpreter=#bean:cardiology&output=report"))
                .rootCause()
                .hasMessage("output=report belongs to ecgfounder:interpret; ecgfounder:embed leaves an Embedding");
    }

    private static Interpretation interpretation(String json) {
        ReadOutcome read = new ObservationReader(ReadOptions.defaults()).read(json, "urn:test");
        Outcome outcome = Ecgs.interpreter().interpret(((ReadOutcome.Read) read).recording());
        return ((Outcome.Interpreted) outcome).interpretation();
    }
}
