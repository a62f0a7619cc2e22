package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.ModelVerification;
import dev.ecgfhir.inference.ModelVerification.Answer;
import dev.ecgfhir.inference.ModelVerification.Answer.Verdict;
import dev.ecgfhir.pipeline.ReportContents;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says whether a checkpoint can be relied on here. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a checkpoint: its hash, container, shapes and weights; then has each engine run a built-in input and holds the"
                    + " answers against plain loops in double precision.",
            "Exit code 0: sound; 1: the checkpoint is refused; 3: an engine gives another answer, or none is there."
        })
final class ModelVerifyCommand implements Callable<Integer> {
    private static final List<String> ENGINES = List.of("pytorch", "vector");
    private static final String HASH = "[0-9a-f]{64}";

    private final Console console;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "Checkpoint (.pth or .safetensors).")
    private Path checkpoint = Path.of("");

    @Option(names = "--sha256", paramLabel = "HASH", description = "The hash that the file must have.")
    private @Nullable String sha256;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Engine to ask, pytorch or vector; may be given twice. Default: both, where they are there.")
    private List<String> engines = List.of();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "Where pytorch runs: auto, cpu or gpu:N (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    ModelVerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<InferenceConfig> configs = (engines.isEmpty() ? ENGINES : engines)
                .stream().map(this::config).toList();
        Optional<String> expected = Optional.ofNullable(sha256).map(hash -> hash.toLowerCase(Locale.ROOT));
        if (expected.isPresent() && !expected.get().matches(HASH)) {
            throw wrongUsage("--sha256 must be 64 digits of hexadecimal, was '" + sha256 + "'");
        }
        ModelVerification found;
        try {
            found = ModelVerification.of(checkpoint, expected, configs);
        } catch (CheckpointException e) {
            if (json) {
                console.json(refused(e));
            } else {
                console.line("refused: " + e.reason() + ": " + e.getMessage());
            }
            return ExitCode.REFUSED;
        }
        boolean sound = found.isSound() && (engines.isEmpty() || allRan(found));
        if (json) {
            console.json(node(found, expected.isPresent(), sound));
        } else {
            print(found, expected.isPresent(), sound);
        }
        return sound ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** An engine that was asked for by name has to be there. */
    private static boolean allRan(ModelVerification found) {
        return found.answers().stream().allMatch(answer -> answer.verdict() == Verdict.AGREES);
    }

    private InferenceConfig config(String engine) {
        if (!ENGINES.contains(engine)) {
            throw wrongUsage("--engine must be pytorch or vector, was '" + engine + "'");
        }
        try {
            return new InferenceConfig(engine, engine.equals("vector") ? "cpu" : device, 1);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("--device: " + e.getMessage());
        }
    }

    private ObjectNode refused(CheckpointException refusal) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("input", checkpoint.toString());
        node.put("outcome", "refused");
        node.put("reason", refusal.reason().name());
        node.put("detail", refusal.getMessage());
        return node;
    }

    private ObjectNode node(ModelVerification found, boolean pinned, boolean sound) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("input", checkpoint.toString());
        node.put("outcome", sound ? "ok" : "failed");
        node.putNull("reason");
        node.putNull("detail");
        node.put("sha256", found.model().sha256());
        node.put("pinned", pinned);
        node.put("leads", found.model().leads());
        node.put("labels", found.model().labels().size());
        node.put("usedWeights", found.model().usedWeights());
        node.put("demonstration", found.model().demonstration());
        ArrayNode answers = node.putArray("engines");
        for (Answer answer : found.answers()) {
            ObjectNode one = answers.addObject();
            one.put("engine", answer.engine());
            one.put("verdict", answer.verdict().name().toLowerCase(Locale.ROOT));
            one.put("detail", answer.detail());
            if (Double.isFinite(answer.largestDifference())) {
                one.put("largestDifference", answer.largestDifference());
                one.put("allowed", answer.allowed());
            } else {
                one.putNull("largestDifference");
                one.putNull("allowed");
            }
        }
        return node;
    }

    private void print(ModelVerification found, boolean pinned, boolean sound) {
        console.line(ReportContents.modelName(found.model()));
        console.line("  sha256   " + found.model().sha256() + (pinned ? " (as asked for)" : ""));
        console.line(String.format(
                Locale.ROOT,
                "  weights  %,d, all finite; every shape fits",
                found.model().usedWeights()));
        for (Answer answer : found.answers()) {
            console.line(String.format(Locale.ROOT, "  %-8s ", answer.engine()) + text(answer));
        }
        console.line(sound ? "  sound" : "  NOT SOUND HERE");
    }

    private static String text(Answer answer) {
        return switch (answer.verdict()) {
            case AGREES ->
                "agrees with float64 to %.1e of a logit, allowed are %.1e (%s)"
                        .formatted(answer.largestDifference(), answer.allowed(), answer.detail());
            case DIFFERS -> "DIFFERS: " + answer.detail();
            case UNAVAILABLE -> "not there: " + answer.detail();
        };
    }

    private ParameterException wrongUsage(String problem) {
        if (spec == null) {
            throw new IllegalArgumentException(problem);
        }
        return new ParameterException(spec.commandLine(), problem);
    }
}
