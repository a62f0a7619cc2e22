package dev.ecgfhir.component;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.EncodingEnum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;

/**
 * Between FHIR R4 resources and their text, for routes around {@code ecgfounder:} endpoints. JSON or XML in, JSON out.
 */
@Converter(generateLoader = true)
public final class EcgFounderConverters {
    private EcgFounderConverters() {}

    /** Parses an Observation from JSON or XML. */
    @Converter
    public static Observation toObservation(String text) {
        EncodingEnum encoding = EncodingEnum.detectEncoding(text);
        IParser parser = encoding.newParser(FhirContext.forR4Cached());
        return parser.parseResource(Observation.class, text);
    }

    /** Parses an Observation from JSON or XML in UTF-8. */
    @Converter
    public static Observation toObservation(byte[] bytes) {
        return toObservation(new String(bytes, StandardCharsets.UTF_8));
    }

    /** Parses an Observation from a stream of JSON or XML in UTF-8; the stream is read to its end and not closed. */
    @Converter
    public static Observation toObservation(InputStream stream) throws IOException {
        return toObservation(stream.readAllBytes());
    }

    /** Writes a Bundle as JSON. */
    @Converter
    public static String toString(Bundle bundle) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle);
    }

    /** Writes a DiagnosticReport as JSON. */
    @Converter
    public static String toString(DiagnosticReport report) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(report);
    }

    /** Writes an OperationOutcome as JSON. */
    @Converter
    public static String toString(OperationOutcome outcome) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(outcome);
    }
}
