package dev.ecgfhir.component;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.spi.annotations.HealthCheck;

/**
 * Tells which networks the {@code ecgfounder} component has loaded. A component whose networks cannot be loaded does not start, so this
 * is up where the context is; what it adds is whether demonstration weights are in use.
 */
@HealthCheck("ecgfounder-check")
public final class EcgFounderHealthCheck extends AbstractHealthCheck {
    /** Makes a check that a Camel context fills in. */
    public EcgFounderHealthCheck() {
        super("camel", "ecgfounder");
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (!(getCamelContext().hasComponent("ecgfounder") instanceof EcgFounderComponent component)) {
            builder.message("no route uses ecgfounder").up();
            return;
        }
        if (component.isStopped()) {
            builder.message("the ecgfounder component is stopped").down();
            return;
        }
        List<Interpreters.Running> running = component.interpreters().running();
        builder.detail(
                "ecgfounder.models",
                running.stream().map(EcgFounderHealthCheck::text).collect(Collectors.joining("; ")));
        builder.detail(
                "ecgfounder.demonstration",
                running.stream().anyMatch(one -> one.model().demonstration()));
        builder.up();
    }

    private static String text(Interpreters.Running one) {
        return one.model().leads() + (one.model().leads() == 1 ? " lead" : " leads") + ", "
                + one.model().hash() + ", " + one.engine()
                + (one.model().demonstration() ? ", demonstration weights" : "");
    }
}
