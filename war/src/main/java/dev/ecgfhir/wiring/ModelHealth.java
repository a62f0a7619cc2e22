package dev.ecgfhir.wiring;

import dev.ecgfhir.inference.batching.QueueStatus;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** Out of service where a network cannot run, is not warm yet, or has lost its device for good; tells of queues and alarms. */
final class ModelHealth implements HealthIndicator {
    private final Models models;

    ModelHealth(Models models) {
        this.models = models;
    }

    @Override
    public Health health() {
        return models.problem()
                .map(problem -> Health.outOfService()
                        .withDetail("reason", problem.reason().name())
                        .withDetail("detail", problem.detail())
                        .build())
                .orElseGet(this::ofQueues);
    }

    private Health ofQueues() {
        Health.Builder health =
                Health.up().withDetail("networks", models.lines()).withDetail("demonstration", models.demonstration());
        Map<String, QueueStatus> queues = models.queues();
        queues.forEach((name, queue) -> {
            health.withDetail("queue of " + name, line(queue));
            queue.alarm().ifPresent(alarm -> health.withDetail("ALARM of " + name, alarm));
            if (!queue.works() || !queue.warm()) {
                health.status(Status.OUT_OF_SERVICE);
            }
        });
        return health.build();
    }

    private static String line(QueueStatus queue) {
        return (queue.warm() ? "" : "warming up; ") + queue.live() + " live and " + queue.backlog()
                + " of the backlog wait, places for " + queue.places() + "; passes of up to " + queue.batchSize() + ", "
                + queue.passes() + " at once";
    }
}
