package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.source.FhirClients.withoutSlash;

import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.Sha256;
import dev.ecgfhir.fhir.recording.SourcePart;
import dev.ecgfhir.fhir.recording.SourceReference;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Identifier;

/**
 * What makes a report the same report, whoever writes it, however often.
 *
 * <p>The base key stands for one ECG and one model. The ids of the report and its results come from it, so that a newer version of the
 * ECG, or other settings, replace the older report. The version key adds the ECG's version and the settings; the report and the scores
 * Observation carry it as identifier, by which a repetition is known.
 *
 * @param baseKey SHA-256 of {@code source base|Observation/id|model hash}, hexadecimal
 * @param versionKey SHA-256 of {@code base key|version|settings hash}, hexadecimal
 */
public record ReportIdentity(String baseKey, String versionKey) {
    /** Identifier system of {@link #versionKey}. */
    public static final String REPORT_SYSTEM = "https://ecgfhir.dev/identifier/report";

    /** Identifier system of a resource's deterministic id, for servers that give ids of their own. */
    public static final String RESOURCE_SYSTEM = "https://ecgfhir.dev/identifier/resource";

    /** Identifier system of a recording's content hash, for recordings without a FHIR address. */
    public static final String CONTENT_SYSTEM = "https://ecgfhir.dev/identifier/recording-content";

    // "ecg-" + 40 + the longest suffix stays under FHIR's 64 characters
    private static final int KEY_LENGTH = 40;

    /**
     * Identifies the report of a recording. Without id or version the recording's content hash stands for them. An ECG whose leads are one
     * Observation each is the one of its lead I, whichever came first, and its version is that of all its Observations.
     *
     * @param recording what is reported
     * @param modelHash {@code sha256:<hex>} of the checkpoint
     * @param settingsHash hash over what else decides a result
     * @return its identity
     */
    public static ReportIdentity of(Recording recording, String modelHash, String settingsHash) {
        SourceReference source = recording.source();
        String resource = source.resource().orElse(recording.contentHash());
        String version = source.parts().isEmpty()
                ? source.version().orElse(recording.contentHash())
                : source.parts().stream().map(SourcePart::address).sorted().collect(Collectors.joining("|"));
        String baseKey = baseKey(source.base(), resource, modelHash);
        return new ReportIdentity(baseKey, Sha256.hex(baseKey + "|" + version + "|" + settingsHash));
    }

    /**
     * Returns the key of one ECG and one model.
     *
     * @param base address of the source
     * @param resource type and id of the ECG, or the recording's content hash
     * @param modelHash {@code sha256:<hex>} of the checkpoint
     * @return SHA-256, hexadecimal
     */
    public static String baseKey(String base, String resource, String modelHash) {
        return Sha256.hex(withoutSlash(base) + "|" + resource + "|" + modelHash);
    }

    /** Identifies the report of a content. */
    public static ReportIdentity of(ReportContent content) {
        return of(content.recording(), content.modelHash(), content.settingsHash());
    }

    /** Returns the DiagnosticReport's id. */
    public String reportId() {
        return id(baseKey, "report");
    }

    /** Returns the id of the Observation with all scores. */
    public String scoresId() {
        return id(baseKey, "scores");
    }

    /** Returns the id of the Observation for a label's finding. */
    public String findingId(int labelIndex) {
        return id(baseKey, "finding-" + labelIndex);
    }

    /** Returns the Provenance's id; it comes from the version key, so that each version keeps its own. */
    public String provenanceId() {
        return id(versionKey, "provenance");
    }

    /** Returns the identifier that the report and the scores Observation carry. */
    public Identifier identifier() {
        return new Identifier().setSystem(REPORT_SYSTEM).setValue(versionKey);
    }

    static String id(String key, String suffix) {
        return "ecg-" + key.substring(0, KEY_LENGTH) + "-" + suffix;
    }
}
