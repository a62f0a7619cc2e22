package dev.ecgfhir.routes;

import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;

/** Real recordings and the demonstration networks, loaded once. */
public final class Ecgs {
    private static final class Holder {
        static final Interpreter INTERPRETER = new EcgInterpreter(
                List.of(
                        EcgModels.demonstration(12, InferenceConfig.defaults()),
                        EcgModels.demonstration(1, InferenceConfig.defaults())),
                new Preprocessing(MainsFrequency.ofHertz(50)),
                Terminology.labelMap());
    }

    private Ecgs() {}

    /** Returns an interpreter with the bundled demonstration weights; it lives as long as the JVM. */
    public static Interpreter interpreter() {
        return Holder.INTERPRETER;
    }

    /** Returns a twelve-lead recording of PTB-XL as JSON. */
    public static String twelveLeads() {
        return text("ptbxl_00002.json");
    }

    /** Returns a single-lead recording of the CinC Challenge 2017 as JSON. */
    public static String singleLead() {
        return text("cinc17_A00027.json");
    }

    /** Returns the twelve-lead recording as a resource with an id. */
    public static Observation observation(String id) {
        Observation observation = FhirTestServer.FHIR.newJsonParser().parseResource(Observation.class, twelveLeads());
        observation.setId(id);
        return observation;
    }

    /** Returns the same without {@code period}, which cannot be read. */
    public static Observation unreadable(String id) {
        Observation observation = observation(id);
        observation.getComponent().forEach(lead -> lead.getValueSampledData().setPeriodElement(null));
        return observation;
    }

    private static String text(String file) {
        try (InputStream stream = Ecgs.class.getResourceAsStream("/recordings/fhir/" + file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
