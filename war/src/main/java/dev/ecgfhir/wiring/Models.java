package dev.ecgfhir.wiring;

import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.batching.BatchingModel;
import dev.ecgfhir.inference.batching.QueueStatus;
import dev.ecgfhir.pipeline.ModelRoster;
import dev.ecgfhir.pipeline.ReportContents;
import dev.ecgfhir.terminology.LabelMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * The networks at work, or why none can be. Safe to share between threads.
 *
 * <p>Only a servlet container gets the second: a redeployed application cannot load PyTorch's native library again, and everything that
 * needs no network goes on.
 */
final class Models implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    /** A network that is not warm by then is used as it is. */
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(2);

    private final ModelRoster roster;
    private final ModelStarter starter;
    private final ModelMeters meters;
    private final Optional<Problem> problem;

    private Models(ModelRoster roster, ModelStarter starter, ModelMeters meters, Optional<Problem> problem) {
        this.roster = roster;
        this.starter = starter;
        this.meters = meters;
        this.problem = problem;
    }

    /** Why no network can run. */
    record Problem(EngineException.Reason reason, String detail) {}

    static Models of(ModelRoster roster, ModelStarter starter, ModelMeters meters) {
        return new Models(roster, starter, meters, Optional.empty());
    }

    static Models unavailable(
            EngineException.Reason reason, String detail, LabelMap labels, ModelStarter starter, ModelMeters meters) {
        return new Models(new ModelRoster(labels), starter, meters, Optional.of(new Problem(reason, detail)));
    }

    /** Returns the networks; empty if there is a {@link #problem}. */
    ModelRoster roster() {
        return roster;
    }

    Optional<Problem> problem() {
        return problem;
    }

    ModelMeters meters() {
        return meters;
    }

    boolean demonstration() {
        return roster.entries().stream()
                .anyMatch(entry -> entry.model().model().description().demonstration());
    }

    /** Returns one line for each network, for people. */
    List<String> lines() {
        return roster.entries().stream()
                .map(entry -> {
                    ModelDescription description = entry.model().model().description();
                    boolean byLeads = entry.name().equals(ModelRoster.TWELVE_LEAD)
                            || entry.name().equals(ModelRoster.SINGLE_LEAD);
                    return (byLeads ? "" : entry.name() + " (on request): ") + ReportContents.modelName(description)
                            + ", " + description.hash() + ", "
                            + entry.model().model().engine() + ", thresholds "
                            + entry.model().thresholds().version();
                })
                .toList();
    }

    /** Returns what is known of each network, for programs. */
    List<Map<String, Object>> details() {
        return roster.entries().stream().map(Models::details).toList();
    }

    private static Map<String, Object> details(ModelRoster.Entry entry) {
        ModelDescription description = entry.model().model().description();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("name", entry.name());
        details.put("leads", description.leads());
        details.put("hash", description.hash());
        details.put("demonstration", description.demonstration());
        details.put("thresholds", entry.model().thresholds().version());
        details.put("engine", entry.model().model().engine());
        details.put("precision", description.precision().text());
        queue(entry).ifPresent(queue -> {
            details.put("warm", queue.warm());
            details.put("live", queue.live());
            details.put("backlog", queue.backlog());
            queue.alarm().ifPresent(alarm -> details.put("alarm", alarm));
        });
        return details;
    }

    /** Returns how each network's queue stands, by name. */
    Map<String, QueueStatus> queues() {
        Map<String, QueueStatus> queues = new LinkedHashMap<>();
        roster.entries().forEach(entry -> queue(entry).ifPresent(queue -> queues.put(entry.name(), queue)));
        return queues;
    }

    private static Optional<QueueStatus> queue(ModelRoster.Entry entry) {
        return entry.model().model() instanceof BatchingModel batching
                ? Optional.of(batching.status())
                : Optional.empty();
    }

    /** Waits until every network is warm. */
    void awaitWarm() {
        roster.entries().forEach(entry -> awaitWarm(entry.name(), entry.model()));
    }

    private static void awaitWarm(String name, LoadedModel model) {
        try {
            if (model.model() instanceof BatchingModel batching && !batching.awaitWarm(LONGEST_WARM_UP)) {
                LOG.warn("model {} is not warm after {} s; it is used as it is", name, LONGEST_WARM_UP.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Loads a checkpoint, warms it up, and puts it in the place of the network of that name; returns when the old one is freed.
     *
     * @throws RuntimeException if it cannot be used; nothing is changed then
     */
    synchronized void exchange(String name, Path file) {
        if (roster.entries().stream().noneMatch(entry -> entry.name().equals(name))) {
            throw new IllegalArgumentException("there is no model '" + name + "'; there are "
                    + roster.entries().stream().map(ModelRoster.Entry::name).toList());
        }
        LoadedModel next = starter.start(name, file);
        try {
            awaitWarm(name, next);
            roster.replace(name, next);
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
        LOG.info("model {} is now {}", name, next.model().description().hash());
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
        roster.close();
    }
}
