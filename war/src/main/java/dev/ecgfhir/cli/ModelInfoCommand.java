package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.pipeline.ReportContents;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what a checkpoint is. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Shows what a checkpoint is, read off its tensors after all checks; runs nothing.")
final class ModelInfoCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "Checkpoint (.pth or .safetensors).")
    private Path checkpoint = Path.of("");

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    ModelInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ModelDescription model = EcgModels.describe(checkpoint);
        if (json) {
            console.json(node(model));
        } else {
            print(model);
        }
        return ExitCode.DONE;
    }

    private static ObjectNode node(ModelDescription model) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("leads", model.leads());
        node.put("labels", model.labels().size());
        node.put("usedWeights", model.usedWeights());
        node.put("unusedWeights", model.unusedWeights());
        ArrayNode stages = node.putArray("stages");
        model.stages()
                .forEach(stage -> stages.addObject()
                        .put("filters", stage.filters())
                        .put("blocks", stage.blocks())
                        .put("groupWidth", stage.groupWidth())
                        .put("kernel", stage.kernel()));
        node.put("sha256", model.sha256());
        node.put("features", model.features());
        node.put("demonstration", model.demonstration());
        return node;
    }

    private void print(ModelDescription model) {
        console.line(ReportContents.modelName(model));
        console.line("  leads           " + model.leads());
        console.line("  labels          " + model.labels().size());
        console.line("  features        " + model.features());
        console.line(String.format(Locale.ROOT, "  used weights    %,d", model.usedWeights()));
        console.line(String.format(Locale.ROOT, "  unused weights  %,d", model.unusedWeights()));
        model.stages()
                .forEach(stage -> console.line("  stage           " + stage.blocks()
                        + (stage.blocks() == 1 ? " block" : " blocks") + " of " + stage.filters()
                        + " filters, groups of " + stage.groupWidth() + ", kernel " + stage.kernel()));
        console.line("  sha256          " + model.sha256());
    }
}
