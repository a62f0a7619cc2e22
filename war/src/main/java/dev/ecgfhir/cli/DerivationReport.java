package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.config.Product;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.training.Bootstrap;
import dev.ecgfhir.inference.training.DerivationOptions;
import dev.ecgfhir.inference.training.DerivedThreshold;
import dev.ecgfhir.inference.training.DerivedThreshold.Outcome;
import dev.ecgfhir.inference.training.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what a derivation of thresholds gave, and which inputs it could not use. Not for use by several threads. */
final class DerivationReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Console console;
    private final ModelDescription model;
    private final String version;
    private final DerivationOptions options;
    private final List<ObjectNode> unused = new ArrayList<>();
    private boolean refused;

    DerivationReport(Console console, ModelDescription model, String version, DerivationOptions options) {
        this.console = console;
        this.model = model;
        this.version = version;
        this.options = options;
    }

    /** Takes note of an ECG that could not be read; an ignored one is none. */
    void unused(Ecg ecg) {
        refused |= ecg.result() == Ecg.Result.REFUSED;
        unused(ecg, ecg.reason().orElse(""), ecg.detail().orElse(""));
    }

    /** Takes note of an ECG for which the table of labels has no row. */
    void unlabelled(Ecg ecg) {
        refused = true;
        unused(ecg, "NO_LABELS", "the table of labels has no row for it");
    }

    private void unused(Ecg ecg, String reason, String detail) {
        console.message(ecg.input() + ": not used: " + reason + ": " + detail);
        unused.add(NODES.objectNode()
                .put("input", ecg.input())
                .put("reason", reason)
                .put("detail", detail));
    }

    int exitCode() {
        return refused ? ExitCode.REFUSED : ExitCode.DONE;
    }

    /** Returns lines for the head of the table. */
    List<String> notes(int recordings) {
        return List.of(
                "Derived by " + Product.NAME + " " + Product.version() + " from " + recordings
                        + " recordings: highest Youden index; at least " + options.leastPatients()
                        + " patients with and without a label; bootstrap of " + options.draws() + " draws, seed "
                        + options.seed() + ".",
                options.seenInTraining()
                        ? "The model saw these recordings in training, or is for demonstration only: no threshold is validated."
                        : "A label without counts enough keeps the threshold that it had.");
    }

    void print(List<DerivedThreshold> labels, int recordings, boolean asJson) {
        if (asJson) {
            console.json(json(labels, recordings));
            return;
        }
        labels.stream().filter(label -> label.outcome() == Outcome.DERIVED).forEach(label -> console.line(line(label)));
        labels.stream()
                .filter(label -> label.outcome() != Outcome.DERIVED && label.outcome() != Outcome.NOT_ASSESSED)
                .forEach(label -> console.line(String.format(
                        Locale.ROOT,
                        "%-60s kept at %.3f: %s (%d with it, %d without)",
                        label.rule().label().name(),
                        label.rule().threshold(),
                        label.outcome(),
                        label.positives(),
                        label.negatives())));
        if (options.seenInTraining()) {
            console.message("The model saw these recordings in training, or is for demonstration only:"
                    + " the figures flatter it, and no threshold is called validated.");
        }
    }

    private static String line(DerivedThreshold label) {
        Bootstrap sure = label.bootstrap().orElseThrow();
        return String.format(
                Locale.ROOT,
                "%-60s %.3f [%.3f-%.3f]  sensitivity %.2f [%.2f-%.2f]  specificity %.2f [%.2f-%.2f]  unseen patients: balanced"
                        + " accuracy %.2f [%.2f-%.2f]  (%d with it, %d without)",
                label.rule().label().name(),
                label.rule().threshold(),
                sure.threshold().low(),
                sure.threshold().high(),
                label.point().orElseThrow().sensitivity(),
                sure.sensitivity().low(),
                sure.sensitivity().high(),
                label.point().orElseThrow().specificity(),
                sure.specificity().low(),
                sure.specificity().high(),
                sure.unseenMean(),
                sure.unseen().low(),
                sure.unseen().high(),
                label.positives(),
                label.negatives());
    }

    private ObjectNode json(List<DerivedThreshold> labels, int recordings) {
        ObjectNode node = NODES.objectNode();
        node.put("version", version);
        node.put("modelHash", model.hash());
        node.put("demonstration", model.demonstration());
        node.put("seenInTraining", options.seenInTraining());
        node.put("seed", options.seed());
        node.put("draws", options.draws());
        node.put("minPositives", options.leastPatients());
        node.put("recordings", recordings);
        ArrayNode left = node.putArray("unused");
        unused.forEach(left::add);
        ArrayNode all = node.putArray("labels");
        labels.forEach(label -> all.add(json(label)));
        return node;
    }

    private static ObjectNode json(DerivedThreshold label) {
        ObjectNode node = NODES.objectNode();
        node.put("label", label.rule().label().name());
        node.put("outcome", label.outcome().name());
        node.put("threshold", label.rule().threshold());
        node.put("thresholdValidated", label.rule().validated());
        node.put("indeterminateFrom", label.rule().indeterminateFrom());
        node.put("positives", label.positives());
        node.put("negatives", label.negatives());
        label.rule()
                .calibration()
                .ifPresentOrElse(
                        curve -> node.putObject("calibration")
                                .put("slope", curve.slope())
                                .put("intercept", curve.intercept()),
                        () -> node.putNull("calibration"));
        label.point().ifPresent(point -> {
            node.put("sensitivity", point.sensitivity());
            node.put("specificity", point.specificity());
            node.put("balancedAccuracy", point.balancedAccuracy());
            node.put("youden", point.youden());
        });
        label.bootstrap().ifPresent(sure -> {
            interval(node, "thresholdInterval", sure.threshold());
            interval(node, "sensitivityInterval", sure.sensitivity());
            interval(node, "specificityInterval", sure.specificity());
            interval(node, "balancedAccuracyInterval", sure.balancedAccuracy());
            node.put("unseenBalancedAccuracy", sure.unseenMean());
            interval(node, "unseenBalancedAccuracyInterval", sure.unseen());
        });
        return node;
    }

    private static void interval(ObjectNode node, String name, Interval interval) {
        node.putArray(name).add(interval.low()).add(interval.high());
    }
}
