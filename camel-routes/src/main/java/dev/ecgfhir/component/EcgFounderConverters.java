package dev.ecgfhir.component;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.EncodingEnum;
import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyFile;
import dev.ecgfhir.pipeline.Embedding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;

/**
 * Between FHIR R4 resources and their text, for routes around {@code ecgfounder:} endpoints. JSON or XML in, JSON out. Features become
 * NumPy files.
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

    /** Writes features as a NumPy file: float32 [windows][features]. */
    @Converter
    public static byte[] toBytes(Embedding embedding) {
        float[][] windows = embedding.features();
        int width = windows[0].length;
        float[] values = new float[windows.length * width];
        for (int window = 0; window < windows.length; window++) {
            System.arraycopy(windows[window], 0, values, window * width, width);
        }
        return NpyFile.bytes(NpyArray.ofFloats(values, windows.length, width));
    }

    /** Writes features as a NumPy file, for endpoints that take a stream. */
    @Converter
    public static InputStream toStream(Embedding embedding) {
        return new ByteArrayInputStream(toBytes(embedding));
    }

    /** Returns features as an array of its own, [windows][features]. */
    @Converter
    public static float[][] toArray(Embedding embedding) {
        return embedding.features();
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
