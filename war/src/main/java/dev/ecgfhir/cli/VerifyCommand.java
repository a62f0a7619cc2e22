package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.config.Product;
import dev.ecgfhir.fhir.file.FileEntry;
import dev.ecgfhir.fhir.file.RecordingFiles;
import dev.ecgfhir.fhir.recording.JoinedLeads;
import dev.ecgfhir.fhir.recording.LeadGroup;
import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.inference.Precision;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.pipeline.ReportContents;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a report's result anew from its own ECG and compares. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches the ECG that a report was made from, in its version, checks its hash, reads it again with the same model, and compares"
                    + " scores and findings.",
            "Without --model the bundled demonstration weights are used."
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

    @Mixin
    private Mains mains = new Mains();

    @Spec
    private @Nullable CommandSpec spec;

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, RefusedInput {
        ReportFacts facts = ReportFacts.of(ReportToVerify.fetch(report));
        LabelMap labels = Terminology.labelMap();
        try (GivenModels given = GivenModels.load(checkpoints, precision(facts))) {
            given.problem().ifPresent(this::wrongUsage);
            GivenModels models = given.with(thresholds);
            checkModel(facts, models);
            Optional<Recording> recording = recording(facts);
            if (recording.isEmpty()) {
                return refused(
                        facts, "INPUT_CHANGED", "no ECG has the hash " + facts.inputHash() + " that the report names");
            }
            Outcome outcome = new EcgInterpreter(models.loaded(), new Preprocessing(mains.frequency()), labels)
                    .interpret(recording.get());
            if (outcome instanceof Outcome.Refused refused) {
                return refused(facts, refused.reason(), refused.detail());
            }
            ReportContent now = ReportContents.of(
                    ((Outcome.Interpreted) outcome).interpretation(), labels, Product.version(), Instant.now());
            if (!now.modelHash().equals(facts.modelHash())) {
                return refused(
                        facts,
                        "NO_MODEL",
                        "the model of the report does not take the ECG's leads before another one given");
            }
            return compared(facts, ReportComparison.of(facts, now, TOLERANCE));
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
            wrongUsage("--model: the report was made with " + facts.modelHash() + ", given "
                    + (checkpoints.isEmpty() ? "were the demonstration weights" : "was another checkpoint"));
        }
    }

    private Optional<Recording> recording(ReportFacts facts) throws IOException, RefusedInput {
        if (recordingFile != null) {
            try (Stream<FileEntry> entries = new RecordingFiles(ReadOptions.defaults()).open(recordingFile)) {
                return entries.map(FileEntry::outcome)
                        .filter(ReadOutcome.Read.class::isInstance)
                        .map(outcome -> ((ReadOutcome.Read) outcome).recording())
                        .filter(one -> isInput(one, facts))
                        .findFirst();
            }
        }
        if (facts.recordings().size() < 2) {
            return Optional.of(read(facts.recording().orElse(""))).filter(one -> isInput(one, facts));
        }
        List<Recording> leads = new ArrayList<>();
        for (String address : facts.recordings()) {
            Recording lead = read(address);
            if (!LeadGroup.isPart(lead)) {
                throw new RefusedInput(address + " is not one lead of an ECG");
            }
            leads.add(lead);
        }
        ReadOutcome joined = JoinedLeads.join(leads, ReadOptions.DEFAULT_MAXIMUM_POINTS);
        return joined instanceof ReadOutcome.Read read
                ? Optional.of(read.recording()).filter(one -> isInput(one, facts))
                : Optional.empty();
    }

    private static Recording read(String address) throws IOException, RefusedInput {
        ReadOutcome outcome = new ObservationReader(ReadOptions.defaults()).read(ReportToVerify.ecg(address), address);
        if (outcome instanceof ReadOutcome.Read read) {
            return read.recording();
        }
        throw new RefusedInput(address + " can no longer be read as an ECG: "
                + (outcome instanceof ReadOutcome.Refused refused
                        ? refused.reason() + ", " + refused.detail()
                        : ((ReadOutcome.Ignored) outcome).detail()));
    }

    private static boolean isInput(Recording recording, ReportFacts facts) {
        return facts.inputHash().equals("sha256:" + recording.contentHash());
    }

    private int refused(ReportFacts facts, String reason, String detail) {
        if (json) {
            ObjectNode line = line(facts, "refused");
            line.put("reason", reason).put("detail", detail);
            console.json(line);
        } else {
            console.line(report + ": " + reason + ", " + detail);
        }
        return ExitCode.REFUSED;
    }

    private int compared(ReportFacts facts, ReportComparison comparison) {
        boolean same = comparison.differences().isEmpty();
        if (json) {
            ObjectNode line = line(facts, same ? "ok" : "different");
            line.putNull("reason").putNull("detail");
            line.put("largestScoreDifference", comparison.largest());
            ArrayNode differences = line.putArray("differences");
            comparison
                    .differences()
                    .forEach(one -> differences
                            .addObject()
                            .put("what", one.what())
                            .put("label", one.label().isEmpty() ? null : one.label())
                            .put("there", one.there())
                            .put("now", one.now()));
            console.json(line);
        } else {
            print(facts, comparison);
        }
        return same ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void print(ReportFacts facts, ReportComparison comparison) {
        console.line(report + ": "
                + (comparison.differences().isEmpty()
                        ? "the ECG gives the same scores and findings"
                        : comparison.differences().size() + " differences"));
        console.line("  status     " + facts.status());
        console.line("  ECG        " + facts.recording().orElse("by its hash"));
        console.line("  samples    " + facts.inputHash());
        console.line("  model      " + facts.modelHash());
        console.line("  precision  " + facts.precision());
        console.line(String.format(
                Locale.ROOT, "  scores     largest difference %.2g, tolerance %.0e", comparison.largest(), TOLERANCE));
        if (!facts.software().equals(Product.version())) {
            console.line("  software   " + facts.software() + " there, " + Product.version() + " here");
        }
        comparison
                .differences()
                .forEach(one -> console.line("  " + one.what() + (one.label().isEmpty() ? "" : " " + one.label()) + ": "
                        + one.there() + " in the report, " + one.now() + " now"));
    }

    private ObjectNode line(ReportFacts facts, String outcome) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("report", report);
        line.put("outcome", outcome);
        line.put("status", facts.status());
        line.put("recording", facts.recording().orElse(null));
        line.put("inputHash", facts.inputHash());
        line.put("modelHash", facts.modelHash());
        line.put("precision", facts.precision());
        line.put("software", facts.software());
        line.put("tolerance", TOLERANCE);
        return line;
    }

    private void wrongUsage(String problem) {
        if (spec == null) {
            throw new IllegalArgumentException(problem);
        }
        throw new ParameterException(spec.commandLine(), problem);
    }
}
