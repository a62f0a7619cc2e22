package dev.ecgfhir.wiring;

import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.pipeline.ReportContents;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;

/**
 * The networks that were loaded at the start, or why none could be.
 *
 * <p>Only a servlet container gets the second: a redeployed application cannot load PyTorch's native library again, and everything that
 * needs no network goes on.
 */
final class Models implements DisposableBean {
    private final List<LoadedModel> loaded;
    private final Optional<Problem> problem;

    private Models(List<LoadedModel> loaded, Optional<Problem> problem) {
        this.loaded = List.copyOf(loaded);
        this.problem = problem;
    }

    /** Why no network can run. */
    record Problem(EngineException.Reason reason, String detail) {}

    static Models of(List<LoadedModel> loaded) {
        return new Models(loaded, Optional.empty());
    }

    static Models unavailable(EngineException.Reason reason, String detail) {
        return new Models(List.of(), Optional.of(new Problem(reason, detail)));
    }

    /** Returns the networks; empty if there is a {@link #problem}. */
    List<LoadedModel> loaded() {
        return loaded;
    }

    Optional<Problem> problem() {
        return problem;
    }

    boolean demonstration() {
        return loaded.stream().anyMatch(model -> model.model().description().demonstration());
    }

    /** Returns one line for each network, for people. */
    List<String> lines() {
        return loaded.stream()
                .map(model -> {
                    ModelDescription description = model.model().description();
                    return ReportContents.modelName(description) + ", " + description.hash() + ", "
                            + model.model().engine() + ", thresholds "
                            + model.thresholds().version();
                })
                .toList();
    }

    /** Returns one line for the CapabilityStatement. */
    String description() {
        return problem.map(why -> "No ECG can be interpreted at present: " + why.detail())
                .orElseGet(() -> (demonstration()
                                ? "DEMONSTRATION WEIGHTS, not ECGFounder, must not be used for patients. "
                                : "Not a medical device; each report is a suggestion that a clinician has to confirm. ")
                        + String.join("; ", lines()));
    }

    @Override
    public void destroy() {
        loaded.forEach(LoadedModel::close);
    }
}
