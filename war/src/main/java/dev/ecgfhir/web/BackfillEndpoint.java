package dev.ecgfhir.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.BackfillOrder;
import dev.ecgfhir.ledger.Backfills;
import dev.ecgfhir.routes.Lane;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Answers the commands about backfills. Each shows the token of {@link RunningFile}. */
@RestController
public final class BackfillEndpoint {
    private final Backfills jobs;
    private final Supplier<List<Lane>> lanes;
    private final RunningFile.Running running;

    /**
     * Makes the endpoint.
     *
     * @param jobs the server's
     * @param lanes its sources and targets, asked for at each request
     * @param token gives the token
     */
    public BackfillEndpoint(Backfills jobs, Supplier<List<Lane>> lanes, RunningFile.Running token) {
        this.jobs = jobs;
        this.lanes = lanes;
        this.running = token;
    }

    /** Returns all jobs, the latest first. */
    @GetMapping("/commands/backfills")
    public ResponseEntity<JsonNode> all(@RequestHeader(name = CommandEndpoint.TOKEN, defaultValue = "") String token) {
        return running.isShownBy(token)
                ? ResponseEntity.ok(BackfillDocument.of(jobs.all()))
                : CommandEndpoint.refused();
    }

    /** Returns one job. */
    @GetMapping("/commands/backfills/{id}")
    public ResponseEntity<JsonNode> one(
            @RequestHeader(name = CommandEndpoint.TOKEN, defaultValue = "") String token, @PathVariable("id") long id) {
        return running.isShownBy(token) ? answer(id) : CommandEndpoint.refused();
    }

    /** Orders a job and returns it. */
    @PostMapping(path = "/commands/backfills", consumes = "application/json")
    public ResponseEntity<JsonNode> start(
            @RequestHeader(name = CommandEndpoint.TOKEN, defaultValue = "") String token,
            @RequestBody BackfillRequest request) {
        if (!running.isShownBy(token)) {
            return CommandEndpoint.refused();
        }
        BackfillOrder order;
        try {
            order = request.toOrder();
        } catch (IllegalArgumentException | DateTimeException e) {
            return problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        List<Lane> sources = lanes.get().stream()
                .filter(lane -> lane.kind() == Lane.Kind.SOURCE)
                .toList();
        if (sources.stream().noneMatch(lane -> lane.name().equals(order.source()))) {
            return problem(
                    HttpStatus.BAD_REQUEST,
                    "'" + order.source() + "' is no source of this server; it reads from "
                            + (sources.isEmpty()
                                    ? "none"
                                    : sources.stream().map(Lane::name).collect(Collectors.joining(", "))));
        }
        return ResponseEntity.ok(BackfillDocument.of(jobs.start(order)));
    }

    /** Has a job pause, resume or end, and returns it. */
    @PostMapping("/commands/backfills/{id}/{order}")
    public ResponseEntity<JsonNode> change(
            @RequestHeader(name = CommandEndpoint.TOKEN, defaultValue = "") String token,
            @PathVariable("id") long id,
            @PathVariable("order") String order) {
        if (!running.isShownBy(token)) {
            return CommandEndpoint.refused();
        }
        Optional<BackfillChange> change = BackfillChange.of(order);
        if (change.isEmpty()) {
            return problem(HttpStatus.NOT_FOUND, "a backfill can be paused, resumed or cancelled");
        }
        return change.get().apply(jobs, id)
                ? answer(id)
                : problem(HttpStatus.CONFLICT, change.get().impossible(id, jobs.find(id)));
    }

    private ResponseEntity<JsonNode> answer(long id) {
        Optional<Backfill> job = jobs.find(id);
        return job.isPresent()
                ? ResponseEntity.ok(BackfillDocument.of(job.get()))
                : problem(HttpStatus.NOT_FOUND, BackfillChange.unknown(id));
    }

    private static ResponseEntity<JsonNode> problem(HttpStatus status, String error) {
        return ResponseEntity.status(status)
                .body(JsonNodeFactory.instance.objectNode().put("error", error));
    }
}
