package dev.ecgfhir.benchmark;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.ResourceParser;
import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.signal.BeatSimilarity;
import dev.ecgfhir.inference.signal.LeadAgreement;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.PreparedSignal;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Gate;
import dev.ecgfhir.pipeline.GateOutcome;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.LeadSet;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.pipeline.ReportContents;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Where the time of one ECG goes, from JSON to the JSON of its report: each step by itself, and the whole. The ECG is the demonstration's first
 * recording, twelve leads of 5000 samples; the network is the demonstration's, a small one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OneEcgBenchmark {
    private static final Instant ISSUED = Instant.parse("2026-11-23T14:05:06Z");

    private final ResourceParser parser = new ResourceParser();
    private final ObservationReader reader = new ObservationReader(ReadOptions.defaults());
    private final FhirContext context = FhirContext.forR4Cached();
    private final ReportWriter writer = new ReportWriter(context, ReportOptions.defaults());
    private final Preprocessing preprocessing = new Preprocessing(MainsFrequency.HERTZ_50);
    private final Gate gate = new Gate(MainsFrequency.HERTZ_50);
    private final LabelMap labels = Terminology.labelMap();
    private final LoadedModel model = EcgModels.demonstration(12, InferenceConfig.defaults());
    private final EcgInterpreter interpreter = new EcgInterpreter(List.of(model), preprocessing, labels);

    private String json = "";
    private Observation observation = new Observation();
    private Recording recording;
    private double[][] millivolts = {};
    private double[] hertz = {};
    private ModelInput window;
    private Interpretation interpretation;
    private ReportContent content;
    private Bundle bundle = new Bundle();

    /** Prepares what each step begins with. */
    @Setup
    public void prepare() throws IOException {
        try (InputStream in =
                OneEcgBenchmark.class.getResourceAsStream("/dev/ecgfhir/demo/recordings/ptbxl_00424.json")) {
            json = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        observation = parsed();
        recording = ((ReadOutcome.Read) read()).recording();
        millivolts = recording.leads().values().stream()
                .map(lead -> lead.waveform().millivolts())
                .toArray(double[][]::new);
        hertz = recording.leads().values().stream()
                .mapToDouble(lead -> lead.waveform().frequency().hertz())
                .toArray();
        window = filters().windows().get(0);
        interpretation = ((Outcome.Interpreted) interpret()).interpretation();
        content = content();
        bundle = report();
    }

    /** Frees the network. */
    @TearDown
    public void close() {
        model.close();
    }

    /** The JSON parser of HAPI FHIR. */
    @Benchmark
    public Observation parsed() {
        return (Observation) ((ResourceParser.Resource) parser.parse(json)).resource();
    }

    /** Observation to recording: leads, numbers, content hash. */
    @Benchmark
    public ReadOutcome read() {
        return reader.read(observation, "http://localhost/fhir");
    }

    /** The gate's measures before the filters. */
    @Benchmark
    public GateOutcome gate() {
        return gate.check(recording, LeadSet.TWELVE_LEAD);
    }

    /** Filters, resampling, window, z-score. */
    @Benchmark
    public PreparedSignal filters() {
        return preprocessing.prepare(millivolts, hertz);
    }

    /** The gate's measures after the filters. */
    @Benchmark
    public double windowQuality() {
        LeadAgreement agreement = new LeadAgreement();
        agreement.add(window);
        return BeatSimilarity.measure(window) + agreement.leadOne() + agreement.leadTwo() + agreement.chestOrder();
    }

    /** The demonstration network, one thread. */
    @Benchmark
    public List<Scores> network() {
        return model.model().score(List.of(window));
    }

    /** From recording to interpretation: gate, filters, network, decision. */
    @Benchmark
    public Outcome interpret() {
        return interpreter.interpret(recording);
    }

    /** Interpretation to what a report says. */
    @Benchmark
    public ReportContent content() {
        return ReportContents.of(interpretation, labels, "benchmark", ISSUED);
    }

    /** What a report says to a transaction. */
    @Benchmark
    public Bundle report() {
        return writer.transaction(content, Optional.of("http://localhost/fhir"));
    }

    /** Transaction to JSON. */
    @Benchmark
    public String encode() {
        return context.newJsonParser().encodeResourceToString(bundle);
    }

    /** All of it, JSON to JSON. */
    @Benchmark
    public String whole() {
        ReadOutcome outcome = reader.read(json, "http://localhost/fhir");
        Outcome interpreted = interpreter.interpret(((ReadOutcome.Read) outcome).recording());
        ReportContent made =
                ReportContents.of(((Outcome.Interpreted) interpreted).interpretation(), labels, "benchmark", ISSUED);
        return writer.json(made, Optional.of("http://localhost/fhir"));
    }
}
