package dev.ecgfhir.cli;

import dev.ecgfhir.config.CommandEnvironment;
import dev.ecgfhir.config.OverlaySetting;
import dev.ecgfhir.config.Product;
import dev.ecgfhir.config.VerifySettings;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.pipeline.ReportContents;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Makes a report's result anew from its own ECG and compares. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        customSynopsis = "ecgfhir verify REPORT [OPTIONS] [--KEY=VALUE]...",
        description = {
            "Fetches the ECG that a report was made from, in its version, checks its hash, reads it again with the same model, and compares"
                    + " scores and findings.",
            "Servers, networks, thresholds, terminology and mains frequency are those of the settings, which are given as for serve;",
            "without any, the bundled demonstration weights are used, and servers are asked without credentials."
        })
final class VerifyCommand implements Callable<Integer> {
    /** Engines agree to 5e-5 + 5e-6 of a logit, which is a quarter of that in a score; scores are written with eight digits. */
    private static final double TOLERANCE = 1e-4;

    private final Console console;

    @Parameters(
            paramLabel = "REPORT",
            description =
                    "Address of a DiagnosticReport on a FHIR server, or a file with a report's Bundle (JSON or XML).")
    private String report = "";

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            description = "The ECG, where it is on no server: FHIR, NDJSON or WFDB header (.hea).")
    private @Nullable Path recordingFile;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Checkpoint that the report names (.pth or .safetensors).")
    private List<Path> checkpoints = List.of();

    @Option(names = "--thresholds", paramLabel = "FILE", description = "Table of thresholds, made for the model.")
    private List<Path> thresholds = List.of();

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Option(
            names = "--mains",
            paramLabel = "HZ",
            converter = Mains.Hertz.class,
            description = "Mains frequency, 50 or 60 Hz (default: that of the settings, else 50).")
    private @Nullable MainsFrequency mainsHertz;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Unmatched
    private List<String> settings = new ArrayList<>(); // picocli adds to it

    @Spec
    private @Nullable CommandSpec spec;

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, RefusedInput {
        VerifySettings site = CommandEnvironment.verify(KeyValues.of(settings, spec));
        KnownServers servers = new KnownServers(site);
        LabelMap labels = labels(site);
        ReportFacts facts = ReportFacts.of(new ReportToVerify(servers).fetch(report));
        VerifyOutput output = new VerifyOutput(console, report, TOLERANCE, json);
        try (GivenModels models = models(site, facts)) {
            EcgOfReport ecg = new EcgOfReport(facts, servers, reading);
            Optional<Recording> recording = recordingFile == null ? ecg.onItsServer() : ecg.in(recordingFile);
            if (recording.isEmpty()) {
                return output.refused(
                        facts, "INPUT_CHANGED", "no ECG has the hash " + facts.inputHash() + " that the report names");
            }
            MainsFrequency mains = mainsHertz == null ? MainsFrequency.ofHertz(site.mainsHertz()) : mainsHertz;
            Outcome outcome =
                    new EcgInterpreter(models.loaded(), new Preprocessing(mains), labels).interpret(recording.get());
            if (outcome instanceof Outcome.Refused refused) {
                return output.refused(facts, refused.reason(), refused.detail());
            }
            ReportContent now = ReportContents.of(
                    ((Outcome.Interpreted) outcome).interpretation(), labels, Product.version(), Instant.now());
            if (!now.modelHash().equals(facts.modelHash())) {
                return output.refused(
                        facts,
                        "NO_MODEL",
                        "the model of the report does not take the ECG's leads before another one given");
            }
            return output.compared(facts, ReportComparison.of(facts, now, TOLERANCE));
        }
    }

    private static LabelMap labels(VerifySettings site) {
        return OverlaySetting.read(site.overlay())
                .over(Terminology.labelMap(
                        site.globalPatientSetOnly() ? ConceptScope.GLOBAL_PATIENT_SET : ConceptScope.ALL));
    }

    /** Those of the command line; where it names none, that of the settings. */
    private GivenModels models(VerifySettings site, ReportFacts facts) throws IOException, RefusedInput {
        NetworkOfReport network = new NetworkOfReport(site.model(), facts.modelHash());
        Optional<GivenModels> loaded = checkpoints.isEmpty()
                ? network.load(precision(facts))
                : Optional.of(GivenModels.load(checkpoints, precision(facts)));
        if (loaded.isEmpty()) {
            throw wrongUsage("the report was made with " + facts.modelHash()
                    + ", which is no network of the settings; give its checkpoint by --model");
        }
        GivenModels models = loaded.get();
        try {
            models.problem().ifPresent(problem -> {
                throw wrongUsage(problem);
            });
            checkModel(facts, models);
            return models.with(thresholds.isEmpty() ? network.thresholds() : thresholds);
        } catch (RuntimeException e) {
            models.close();
            throw e;
        }
    }

    private static Precision precision(ReportFacts facts) throws RefusedInput {
        return Precision.of(facts.precision())
                .orElseThrow(() -> new RefusedInput("the report was made in precision '" + facts.precision()
                        + "', which this version does not have; it has " + Precision.names()));
    }

    private void checkModel(ReportFacts facts, GivenModels models) {
        if (models.loaded().stream()
                .noneMatch(model -> model.model().description().hash().equals(facts.modelHash()))) {
            throw wrongUsage("--model: the report was made with " + facts.modelHash() + ", given "
                    + (checkpoints.isEmpty() ? "were the demonstration weights" : "was another checkpoint"));
        }
    }

    private RuntimeException wrongUsage(String problem) {
        return spec == null
                ? new IllegalArgumentException(problem)
                : new ParameterException(spec.commandLine(), problem);
    }
}
