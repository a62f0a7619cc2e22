package dev.ecgfhir.wiring;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.ThresholdsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@code /actuator/models}: which networks are at work, and the exchange of one while the others, and its own callers, go on.
 *
 * <p>{@code POST /actuator/models/NAME} with {@code {"file": "..."}} loads that checkpoint, warms it up and puts it in the place of NAME;
 * it answers when the old one is freed. The settings are not changed: a restart loads what they name.
 */
@Endpoint(id = "models")
final class ModelsEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ModelsEndpoint.class);

    private final Models models;

    ModelsEndpoint(Models models) {
        this.models = models;
    }

    /** Lists the networks. */
    @ReadOperation
    List<Map<String, Object>> models() {
        return models.details();
    }

    /** Exchanges a network. */
    @WriteOperation
    WebEndpointResponse<Map<String, ?>> exchange(@Selector String name, String file) {
        try {
            models.exchange(name, Path.of(file));
        } catch (CheckpointException
                | ThresholdsException
                | EngineException
                | IllegalArgumentException e) { // a path that is none among them
            LOG.warn("model {} was not exchanged: {}", name, e.getMessage());
            return new WebEndpointResponse<>(
                    Map.of("detail", "nothing was changed: " + e.getMessage()), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        return new WebEndpointResponse<>(models.details().stream()
                .filter(one -> name.equals(one.get("name")))
                .findFirst()
                .orElseThrow());
    }
}
