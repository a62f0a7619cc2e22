package dev.ecgfhir.fhir.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.InstantType;
import org.jspecify.annotations.Nullable;

/**
 * What a line of an export holds. Of an ECG only id and version are kept: what is interpreted is read from the server by that version, so that
 * one way decides on it whichever way it was found, and no waveform lies about.
 *
 * @param kind what it is
 * @param found the ECG; empty else
 */
public record Exported(Kind kind, Optional<Found> found) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Exported DAMAGED = new Exported(Kind.DAMAGED, Optional.empty());
    private static final Exported OTHER = new Exported(Kind.OTHER, Optional.empty());
    private static final Exported BLANK = new Exported(Kind.BLANK, Optional.empty());

    /** What a line can be. */
    public enum Kind {
        /** An ECG by the source's query. */
        ECG,
        /** Another resource. */
        OTHER,
        /** No resource, or one without an id. */
        DAMAGED,
        /** Nothing. */
        BLANK
    }

    static boolean isDamaged(ExportFile.Line line) {
        return of(line, CodeChoice.NONE).kind() == Kind.DAMAGED;
    }

    static Exported of(ExportFile.Line line, CodeChoice choice) {
        if (line.blank()) {
            return BLANK;
        }
        if (line.tooLong()) {
            return DAMAGED;
        }
        try (JsonParser json = JSON.createParser(line.bytes())) {
            Head head = new Head();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return DAMAGED;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                head.field(json);
            }
            return json.nextToken() == null ? head.exported(choice) : DAMAGED;
        } catch (IOException e) {
            return DAMAGED;
        }
    }

    /** The few elements that are needed of a resource. */
    private static final class Head {
        private @Nullable String type;
        private @Nullable String id;
        private @Nullable String version;
        private @Nullable String lastUpdated;
        private @Nullable String subject;
        private final List<CodeChoice.Code> codes = new ArrayList<>();

        void field(JsonParser json) throws IOException {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("resourceType")) {
                type = json.getText();
            } else if (name.equals("id")) {
                id = json.getText();
            } else if (name.equals("meta") && value == JsonToken.START_OBJECT) {
                meta(json);
            } else if (name.equals("subject") && value == JsonToken.START_OBJECT) {
                subject(json);
            } else if (name.equals("code") && value == JsonToken.START_OBJECT) {
                code(json);
            } else {
                json.skipChildren();
            }
        }

        private void meta(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("versionId")) {
                    version = json.getText();
                } else if (name.equals("lastUpdated")) {
                    lastUpdated = json.getText();
                } else {
                    json.skipChildren();
                }
            }
        }

        private void subject(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("reference")) {
                    subject = json.getText();
                } else {
                    json.skipChildren();
                }
            }
        }

        private void code(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("coding") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        codes.add(coding(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
        }

        private static CodeChoice.Code coding(JsonParser json) throws IOException {
            String system = "";
            String code = "";
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("system")) {
                    system = json.getText();
                } else if (name.equals("code")) {
                    code = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            return new CodeChoice.Code(system, code);
        }

        Exported exported(CodeChoice choice) {
            if (type == null) {
                return DAMAGED;
            }
            if (!type.equals("Observation")) {
                return OTHER;
            }
            if (id == null || !id.matches("[A-Za-z0-9.-]{1,64}")) {
                return DAMAGED;
            }
            if (!choice.takes(codes)) {
                return OTHER;
            }
            Optional<Instant> stamp = stamp();
            String known = version == null || version.isEmpty()
                    ? Found.NOT_A_VERSION_ID + stamp.map(Instant::toString).orElse("unknown")
                    : version;
            return new Exported(
                    Kind.ECG,
                    Optional.of(new Found(
                            "Observation/" + id, known, stamp.orElse(Instant.EPOCH), Optional.ofNullable(subject))));
        }

        private Optional<Instant> stamp() {
            try {
                return lastUpdated == null
                        ? Optional.empty()
                        : Optional.of(new InstantType(lastUpdated).getValue().toInstant());
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
