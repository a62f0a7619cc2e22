package dev.ecgfhir.component;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * Interprets ECG recordings with the ECGFounder network, {@code ecgfounder:interpret}, or gives its features, {@code ecgfounder:embed}.
 *
 * <p>Networks are loaded when the first endpoint that uses them starts, once for all endpoints of the same settings, and freed when the
 * component stops.
 */
@Component("ecgfounder")
public class EcgFounderComponent extends DefaultComponent {
    @Metadata(description = "Options that every endpoint starts from.")
    private EcgFounderConfiguration configuration = new EcgFounderConfiguration();

    private final Interpreters interpreters = new Interpreters();

    /** Makes a component that a Camel context fills in. */
    public EcgFounderComponent() {}

    /** Makes a component of a context. */
    public EcgFounderComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EcgFounderConfiguration own = configuration.copy();
        EcgFounderEndpoint endpoint = new EcgFounderEndpoint(uri, this, own);
        own.setOperation(operation(uri, remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static EcgFounderOperation operation(String uri, String remaining) {
        for (EcgFounderOperation operation : EcgFounderOperation.values()) {
            if (operation.name().equals(remaining)) {
                return operation;
            }
        }
        throw new IllegalArgumentException(
                uri + ": an ecgfounder endpoint must be ecgfounder:interpret or ecgfounder:embed, was ecgfounder:"
                        + remaining);
    }

    /** Returns the options that every endpoint starts from. */
    public EcgFounderConfiguration getConfiguration() {
        return configuration;
    }

    /** Sets the options that every endpoint starts from. */
    public void setConfiguration(EcgFounderConfiguration configuration) {
        this.configuration = configuration;
    }

    Interpreters interpreters() {
        return interpreters;
    }

    @Override
    protected void doShutdown() throws Exception {
        interpreters.close();
        super.doShutdown();
    }
}
