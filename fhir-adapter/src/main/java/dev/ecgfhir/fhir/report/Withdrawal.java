package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.source.FhirClients.withoutSlash;

import dev.ecgfhir.fhir.recording.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;

/**
 * The order to withdraw what this product reported of one ECG, since its source has withdrawn the ECG.
 *
 * @param recording absolute address of the ECG in the version that withdraws it, {@code base/Observation/7/_history/3}
 * @param cause what happened on the source
 * @param baseKeys base keys ({@link ReportIdentity#baseKey}) of the reports that there may be: one for each model that read the ECG
 * @param issued when the order was made
 */
public record Withdrawal(String recording, Cause cause, List<String> baseKeys, Instant issued) {
    private static final String RECORDING = "recording";
    private static final String CAUSE = "cause";
    private static final String BASE_KEY = "base-key";
    private static final String ISSUED = "issued";

    /** What happened to the ECG on its source. */
    public enum Cause {
        /** Its status became entered-in-error. */
        ENTERED_IN_ERROR,
        /** It was deleted. */
        DELETED,
        /** One of its leads, which are one Observation each, now belongs to another ECG. */
        MOVED,
        /** It was corrected, and another model than the one before has reported it anew. */
        CORRECTED
    }

    /** Copies the list and checks that there is something to withdraw. */
    public Withdrawal {
        baseKeys = List.copyOf(baseKeys);
        if (baseKeys.isEmpty()) {
            throw new IllegalArgumentException("a withdrawal names at least one report");
        }
    }

    /**
     * Orders a withdrawal.
     *
     * @param base the source's base address
     * @param resource type and id of the ECG
     * @param version version that withdraws it, as the source counts them
     * @param cause what happened
     * @param modelHashes {@code sha256:<hex>} of the models that may have read it
     * @param issued now
     */
    public static Withdrawal of(
            String base, String resource, String version, Cause cause, List<String> modelHashes, Instant issued) {
        return of(base, List.of(resource), resource, version, cause, modelHashes, issued);
    }

    /**
     * Orders a withdrawal of reports that may stand under several Observations: of an ECG whose leads are one Observation each the report is
     * that of lead I.
     *
     * @param base the source's base address
     * @param reported type and id of each Observation under which there may be a report
     * @param resource type and id of what was withdrawn
     * @param version version that withdraws it, as the source counts them
     * @param cause what happened
     * @param modelHashes {@code sha256:<hex>} of the models that may have read it
     * @param issued now
     */
    public static Withdrawal of(
            String base,
            List<String> reported,
            String resource,
            String version,
            Cause cause,
            List<String> modelHashes,
            Instant issued) {
        return new Withdrawal(
                withoutSlash(base) + "/" + resource + "/_history/" + version,
                cause,
                reported.stream()
                        .flatMap(one -> modelHashes.stream().map(hash -> ReportIdentity.baseKey(base, one, hash)))
                        .distinct()
                        .toList(),
                issued);
    }

    /** Returns what identifies this withdrawal, hexadecimal. */
    public String key() {
        return Sha256.hex(baseKeys.get(0) + "|withdrawn by|" + recording);
    }

    /** Returns the order as a resource, for storing. */
    public Parameters toParameters() {
        Parameters parameters = new Parameters();
        parameters.addParameter().setName(RECORDING).setValue(new UriType(recording));
        parameters.addParameter().setName(CAUSE).setValue(new CodeType(cause.name()));
        baseKeys.forEach(key -> parameters.addParameter().setName(BASE_KEY).setValue(new StringType(key)));
        InstantType now = new InstantType(Date.from(issued));
        now.setTimeZone(TimeZone.getTimeZone("UTC"));
        parameters.addParameter().setName(ISSUED).setValue(now);
        return parameters;
    }

    /**
     * Reads a stored order.
     *
     * @param stored what {@link #toParameters} made
     * @throws IllegalArgumentException if it is something else
     */
    public static Withdrawal of(Parameters stored) {
        List<String> keys = new ArrayList<>();
        for (Parameters.ParametersParameterComponent parameter : stored.getParameter()) {
            if (BASE_KEY.equals(parameter.getName())) {
                keys.add(parameter.getValue().primitiveValue());
            }
        }
        return new Withdrawal(
                value(stored, RECORDING),
                Cause.valueOf(value(stored, CAUSE)),
                keys,
                new InstantType(value(stored, ISSUED)).getValue().toInstant());
    }

    private static String value(Parameters stored, String name) {
        Type value = stored.getParameter(name) == null
                ? null
                : stored.getParameter(name).getValue();
        if (value == null) {
            throw new IllegalArgumentException("a withdrawal has the parameter '" + name + "'");
        }
        return value.primitiveValue();
    }
}
