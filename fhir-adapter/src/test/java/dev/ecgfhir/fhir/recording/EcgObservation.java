package dev.ecgfhir.fhir.recording;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.SampledData;

/** Builds ECG Observations for tests: complete and readable unless the test takes something away. */
final class EcgObservation {
    static final String MDC = "urn:oid:2.16.840.1.113883.6.24";
    static final String MDC_ISO = "urn:iso:std:iso:11073:10101";
    static final String SNOMED = "http://snomed.info/sct";
    static final String LOINC = "http://loinc.org";
    static final Map<Lead, String> CODES = Map.ofEntries(
            Map.entry(Lead.I, "131329"),
            Map.entry(Lead.II, "131330"),
            Map.entry(Lead.III, "131389"),
            Map.entry(Lead.AVR, "131390"),
            Map.entry(Lead.AVL, "131391"),
            Map.entry(Lead.AVF, "131392"),
            Map.entry(Lead.V1, "131331"),
            Map.entry(Lead.V2, "131332"),
            Map.entry(Lead.V3, "131333"),
            Map.entry(Lead.V4, "131334"),
            Map.entry(Lead.V5, "131335"),
            Map.entry(Lead.V6, "131336"));
    private static final int SAMPLES = 5000;

    private final Observation observation = new Observation();

    private EcgObservation() {
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.getCode().addCoding().setSystem(MDC).setCode("131328").setDisplay("MDC_ECG_ELEC_POTL");
    }

    /** An ECG without any lead yet. */
    static EcgObservation empty() {
        return new EcgObservation();
    }

    /** Twelve leads of 10 s at 500 Hz, each with its own samples. */
    static EcgObservation twelveLeads() {
        return of(Lead.twelve());
    }

    /** These leads, of 10 s at 500 Hz. */
    static EcgObservation of(List<Lead> leads) {
        EcgObservation built = new EcgObservation();
        leads.forEach(lead -> built.lead(MDC, CODES.get(lead), data(SAMPLES, lead.ordinal())));
        return built;
    }

    /** One lead as the Observation's own value. */
    static EcgObservation single(String system, String code, String data) {
        EcgObservation built = new EcgObservation();
        built.observation
                .getCode()
                .getCodingFirstRep()
                .setSystem(system)
                .setCode(code)
                .setDisplay(null);
        built.observation.setValue(sampled(data));
        return built;
    }

    EcgObservation lead(String system, String code, String data) {
        Observation.ObservationComponentComponent component = observation.addComponent();
        component.getCode().addCoding().setSystem(system).setCode(code);
        component.setValue(sampled(data));
        return this;
    }

    EcgObservation lead(String system, String code) {
        return lead(system, code, data(SAMPLES, observation.getComponent().size()));
    }

    EcgObservation without(Lead lead) {
        observation
                .getComponent()
                .removeIf(c -> c.getCode().getCodingFirstRep().getCode().equals(CODES.get(lead)));
        return this;
    }

    /** Changes the first SampledData. */
    EcgObservation sampled(Consumer<SampledData> change) {
        return sampled(0, change);
    }

    EcgObservation sampled(int component, Consumer<SampledData> change) {
        change.accept(observation.getComponent().get(component).getValueSampledData());
        return this;
    }

    EcgObservation component(int index, Consumer<Observation.ObservationComponentComponent> change) {
        change.accept(observation.getComponent().get(index));
        return this;
    }

    EcgObservation with(Consumer<Observation> change) {
        change.accept(observation);
        return this;
    }

    EcgObservation shuffled(Random random) {
        List<Observation.ObservationComponentComponent> components = new ArrayList<>(observation.getComponent());
        Collections.shuffle(components, random);
        observation.setComponent(components);
        return this;
    }

    Observation build() {
        return observation;
    }

    ReadOutcome read() {
        return read(ReadOptions.defaults());
    }

    ReadOutcome read(ReadOptions options) {
        return new ObservationReader(options).read(observation, "test");
    }

    Recording recording() {
        ReadOutcome outcome = read();
        if (outcome instanceof ReadOutcome.Read read) {
            return read.recording();
        }
        throw new AssertionError("expected a recording, was " + outcome);
    }

    ReadOutcome.Refused refusal() {
        ReadOutcome outcome = read();
        if (outcome instanceof ReadOutcome.Refused refused) {
            return refused;
        }
        throw new AssertionError("expected a refusal, was " + outcome);
    }

    /** Origin 0, factor 0.001, unit mV, 500 Hz. */
    static SampledData sampled(String data) {
        return new SampledData()
                .setOrigin(new Quantity()
                        .setValue(BigDecimal.ZERO)
                        .setUnit("mV")
                        .setSystem("http://unitsofmeasure.org")
                        .setCode("mV"))
                .setPeriod(new BigDecimal("2"))
                .setFactor(new BigDecimal("0.001"))
                .setDimensions(1)
                .setData(data);
    }

    /** Whole numbers that differ with the seed. */
    static String data(int samples, int seed) {
        return IntStream.range(0, samples)
                .mapToObj(i -> Integer.toString((i * 7 + seed * 13) % 401 - 200))
                .collect(Collectors.joining(" "));
    }
}
