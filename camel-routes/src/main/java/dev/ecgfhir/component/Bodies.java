package dev.ecgfhir.component;

import dev.ecgfhir.fhir.recording.IgnoreReason;
import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.RefusalReason;
import dev.ecgfhir.fhir.recording.VoltageUnit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** Reads the body of a message as a recording. Safe to share between threads. */
final class Bodies {
    private static final String UNKNOWN_SOURCE = "urn:ecgfhir:unknown-source";

    private final ObservationReader reader;
    private final Optional<String> source;

    Bodies(EcgFounderConfiguration options) {
        this.reader = new ObservationReader(readOptions(options.getDefaultUnit()));
        this.source = Optional.ofNullable(options.getSource());
    }

    private static ReadOptions readOptions(@Nullable String defaultUnit) {
        if (defaultUnit == null) {
            return ReadOptions.defaults();
        }
        for (VoltageUnit unit : VoltageUnit.values()) {
            if (unit.code().equals(defaultUnit)) {
                return ReadOptions.defaults().withDefaultUnit(unit);
            }
        }
        throw new IllegalArgumentException("defaultUnit must be V, mV, uV or nV, was '" + defaultUnit + "'");
    }

    /**
     * Reads a body.
     *
     * @throws IOException if a stream breaks off: its sender's failure, not the recording's
     */
    ReadOutcome read(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        String base = Optional.ofNullable(message.getHeader(EcgFounderConstants.SOURCE, String.class))
                .or(() -> source)
                .orElse(UNKNOWN_SOURCE);
        if (body instanceof Recording recording) {
            return new ReadOutcome.Read(recording);
        }
        if (body instanceof Observation observation) {
            return reader.read(observation, base);
        }
        if (body instanceof IBaseResource resource) {
            return new ReadOutcome.Ignored(
                    IgnoreReason.NOT_AN_OBSERVATION,
                    "the body is a " + resource.fhirType() + ", expected an Observation");
        }
        if (body instanceof String text) {
            return reader.read(text, base);
        }
        if (body instanceof byte[] bytes) {
            return reader.read(utf8(bytes), base);
        }
        return readStream(exchange, body, base);
    }

    private ReadOutcome readStream(Exchange exchange, @Nullable Object body, String base) throws IOException {
        InputStream stream = body == null
                ? null
                : exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, body);
        if (stream == null) {
            return new ReadOutcome.Refused(
                    RefusalReason.UNREADABLE,
                    "body",
                    "the body is "
                            + (body == null ? "empty" : "a " + body.getClass().getName())
                            + ", expected a FHIR Observation as a resource, text, bytes or stream, or a Recording");
        }
        try (stream) {
            return reader.read(utf8(stream.readAllBytes()), base);
        } finally {
            if (body instanceof StreamCache cache) {
                cache.reset(); // so that a later step can read it again
            }
        }
    }

    /** FHIR is UTF-8 in JSON and XML; a byte-order mark at the front is dropped. */
    private static String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
