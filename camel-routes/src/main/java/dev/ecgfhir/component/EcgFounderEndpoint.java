package dev.ecgfhir.component;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Interpret ECG recordings with the ECGFounder network and report what it finds with SNOMED CT codes, or take the network's features of
 * them.
 *
 * <p>The body is a FHIR R4 Observation (as resource, JSON, XML, stream or bytes) or a Recording. Suggestions of an algorithm, not a
 * diagnosis.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "ecgfounder",
        title = "ECGFounder",
        syntax = "ecgfounder:operation",
        producerOnly = true,
        category = {Category.AI, Category.HEALTH},
        headersClass = EcgFounderConstants.class)
public class EcgFounderEndpoint extends DefaultEndpoint {
    @UriParam
    private EcgFounderConfiguration configuration;

    EcgFounderEndpoint(String uri, EcgFounderComponent component, EcgFounderConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    /** Returns this endpoint's options. */
    public EcgFounderConfiguration getConfiguration() {
        return configuration;
    }

    /** Sets this endpoint's options. */
    public void setConfiguration(EcgFounderConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new EcgFounderProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "ecgfounder endpoints cannot be a route's from(); recordings come from another endpoint");
    }

    @Override
    public EcgFounderComponent getComponent() {
        return (EcgFounderComponent) super.getComponent();
    }
}
