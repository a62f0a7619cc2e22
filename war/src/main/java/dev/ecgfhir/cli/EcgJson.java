package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.fhir.recording.RecordedLead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.inference.signal.SignalQuality;
import dev.ecgfhir.pipeline.Finding;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.LeadSet;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** One ECG as one line of JSON. The fields are a contract with scripts: docs/command-line.md. */
final class EcgJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private EcgJson() {}

    /** Returns the line of {@code inspect}. */
    static ObjectNode inspected(Ecg ecg) {
        ObjectNode line = NODES.objectNode();
        line.put("input", ecg.input());
        line.put("resource", ecg.resource().orElse(null));
        line.put("outcome", ecg.result().name().toLowerCase(Locale.ROOT));
        line.put("reason", ecg.reason().orElse(null));
        line.put("detail", ecg.detail().orElse(null));
        line.put("model", ecg.model().map(LeadSet::display).orElse(null));
        line.put("seconds", ecg.recording().map(Recording::seconds).orElse(null));
        ObjectNode leads = line.putObject("leads");
        ecg.recording()
                .ifPresent(recording ->
                        recording.leads().forEach((lead, recorded) -> leads.set(lead.display(), lead(recorded))));
        ArrayNode flags = line.putArray("flags");
        ecg.flags().forEach(flags::add);
        return line;
    }

    /** Returns the line of {@code interpret}: that of {@code inspect}, and what the network said. */
    static ObjectNode interpreted(Ecg ecg) {
        ObjectNode line = inspected(ecg);
        ecg.interpretation().ifPresent(interpretation -> add(line, interpretation));
        return line;
    }

    private static ObjectNode lead(RecordedLead lead) {
        double[] millivolts = lead.waveform().millivolts();
        double hertz = lead.waveform().frequency().hertz();
        DoubleSummaryStatistics range =
                Arrays.stream(millivolts).filter(Double::isFinite).summaryStatistics();
        ObjectNode node = NODES.objectNode();
        node.put("samples", millivolts.length);
        node.put("samplingFrequency", hertz);
        node.set("minMillivolts", number(range.getCount() == 0 ? Double.NaN : range.getMin()));
        node.set("maxMillivolts", number(range.getCount() == 0 ? Double.NaN : range.getMax()));
        node.put("gaps", SignalQuality.measure(millivolts, hertz).gaps());
        node.put("derived", lead.derived());
        return node;
    }

    private static void add(ObjectNode line, Interpretation interpretation) {
        line.put("modelHash", interpretation.model().hash());
        line.put("demonstration", interpretation.model().demonstration());
        line.put("windows", interpretation.windows().size());
        List<Rule> rules = interpretation.thresholds().rules();
        double[] scores = interpretation.scores();
        line.set("scores", scores(rules, label -> scores[label]));
        ArrayNode windows = line.putArray("windowScores");
        interpretation.windows().forEach(window -> windows.add(scores(rules, window::score)));
        ArrayNode starts = line.putArray("windowStarts");
        Arrays.stream(interpretation.windowStarts()).forEach(starts::add);
        ArrayNode findings = line.putArray("findings");
        interpretation.findings().forEach(finding -> findings.add(finding(finding)));
    }

    /**
     * Returns scores by label.
     *
     * @param interpretation by the model that gave them
     * @param scores [labels], 0..1
     */
    static ObjectNode scores(Interpretation interpretation, double[] scores) {
        return scores(interpretation.thresholds().rules(), label -> scores[label]);
    }

    /** A label that was not trained has no score, which is another thing than the score 0. */
    private static ObjectNode scores(List<Rule> rules, IntToDoubleFunction score) {
        ObjectNode node = NODES.objectNode();
        for (Rule rule : rules) {
            node.set(
                    rule.label().name(),
                    rule.assessed() ? number(score.applyAsDouble(rule.label().index())) : NODES.nullNode());
        }
        return node;
    }

    private static ObjectNode finding(Finding finding) {
        ObjectNode node = NODES.objectNode();
        node.put("label", finding.label().name());
        node.put("score", finding.score());
        node.put("threshold", finding.threshold());
        node.put("thresholdValidated", finding.thresholdValidated());
        if (finding.probability().isPresent()) {
            node.put("probability", finding.probability().getAsDouble());
        } else {
            node.putNull("probability");
        }
        node.put("alert", finding.alert().code());
        node.put("text", finding.text());
        node.put("equivalence", finding.equivalence().code());
        node.put("asserted", finding.asserted());
        // what the report codes: not a finding that gave way to a contradicting one
        List<ObjectNode> codings = finding.codings().stream()
                .map(coding -> NODES.objectNode()
                        .put("system", coding.system())
                        .put("code", coding.code())
                        .put("display", coding.display()))
                .toList();
        node.set("code", codings.isEmpty() ? NODES.nullNode() : codings.get(0).deepCopy());
        ArrayNode all = node.putArray("codings");
        codings.forEach(all::add);
        ArrayNode seconds = node.putArray("seconds");
        finding.seconds().forEach(seconds::add);
        ArrayNode stretches = node.putArray("stretches");
        finding.stretches()
                .forEach(stretch ->
                        stretches.addObject().put("from", stretch.fromSeconds()).put("to", stretch.toSeconds()));
        return node;
    }

    /** JSON has no NaN. */
    private static JsonNode number(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
    }
}
