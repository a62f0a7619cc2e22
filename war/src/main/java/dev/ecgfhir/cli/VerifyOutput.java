package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.config.Product;
import java.util.Locale;
import java.util.Set;

/** Tells what {@code verify} found, as text or as a line of JSON. */
final class VerifyOutput {
    private static final Set<String> SETTINGS = Set.of("thresholds", "terminology", "settings");

    private final Console console;
    private final String report;
    private final double tolerance;
    private final boolean json;

    /**
     * Prepares the output.
     *
     * @param report as it was given
     * @param tolerance of a score
     * @param json true for a line of JSON
     */
    VerifyOutput(Console console, String report, double tolerance, boolean json) {
        this.console = console;
        this.report = report;
        this.tolerance = tolerance;
        this.json = json;
    }

    /** Tells why the report cannot be verified, and returns the exit code. */
    int refused(ReportFacts facts, String reason, String detail) {
        if (json) {
            ObjectNode line = line(facts, "refused");
            line.put("reason", reason).put("detail", detail);
            console.json(line);
        } else {
            console.line(report + ": " + reason + ", " + detail);
        }
        return ExitCode.REFUSED;
    }

    /** Tells what the comparison gave, and returns the exit code. */
    int compared(ReportFacts facts, ReportComparison comparison) {
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
                Locale.ROOT, "  scores     largest difference %.2g, tolerance %.0e", comparison.largest(), tolerance));
        if (!facts.software().equals(Product.version())) {
            console.line("  software   " + facts.software() + " there, " + Product.version() + " here");
        }
        if (comparison.differences().stream().anyMatch(one -> SETTINGS.contains(one.what()))) {
            console.line(
                    "  other settings or versions than the report's; name the server's by --ecgfhir.config=FILE, its"
                            + " table of thresholds by --thresholds");
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
        line.put("tolerance", tolerance);
        return line;
    }
}
