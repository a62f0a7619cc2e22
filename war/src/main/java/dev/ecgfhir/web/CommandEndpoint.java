package dev.ecgfhir.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Replay;
import dev.ecgfhir.routes.Lane;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Answers the commands that work with a running server. Each shows the token of {@link RunningFile}. */
@RestController
public final class CommandEndpoint {
    /** Request header with the token. */
    public static final String TOKEN = "X-Ecgfhir-Token";

    private final Ledger ledger;
    private final Supplier<List<Lane>> lanes;
    private final RunningFile.Running running;

    /**
     * Makes the endpoint.
     *
     * @param ledger the server's
     * @param lanes its sources and targets, asked for at each request
     * @param token gives the token
     */
    public CommandEndpoint(Ledger ledger, Supplier<List<Lane>> lanes, RunningFile.Running token) {
        this.ledger = ledger;
        this.lanes = lanes;
        this.running = token;
    }

    /** Returns where everything stands. */
    @GetMapping("/commands/status")
    public ResponseEntity<JsonNode> status(@RequestHeader(name = TOKEN, defaultValue = "") String token) {
        return running.isShownBy(token) ? ResponseEntity.ok(StatusDocument.of(ledger, lanes.get())) : refused();
    }

    /** Takes rows back into work, and returns how many. */
    @PostMapping(path = "/commands/replay", consumes = "application/json")
    public ResponseEntity<JsonNode> replay(
            @RequestHeader(name = TOKEN, defaultValue = "") String token, @RequestBody ReplayRequest request) {
        if (!running.isShownBy(token)) {
            return refused();
        }
        Replay replay = request.toReplay();
        long rows = request.dryRun()
                ? ledger.replays().selected(replay)
                : ledger.replays().again(replay);
        return ResponseEntity.ok(JsonNodeFactory.instance.objectNode().put("rows", rows));
    }

    static ResponseEntity<JsonNode> refused() {
        return ResponseEntity.status(HttpStatus.FORBIDDEN)
                .body(JsonNodeFactory.instance
                        .objectNode()
                        .put("error", "commands show the token that stands in the server's data directory"));
    }
}
