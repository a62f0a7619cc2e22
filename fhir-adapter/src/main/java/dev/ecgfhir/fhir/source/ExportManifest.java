package dev.ecgfhir.fhir.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ecgfhir.fhir.recording.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an export has written.
 *
 * <h2>References</h2>
 *
 * FHIR Bulk Data Access 2.0.0, "Response - Output Manifest", https://hl7.org/fhir/uv/bulkdata/STU2/export.html
 *
 * @param transactionTime as the server wrote it
 * @param files NDJSON files of Observations, in the manifest's order
 * @param errors how many files tell of what the server could not export
 * @param needsToken true if files are read with our credentials
 */
public record ExportManifest(String transactionTime, List<URI> files, int errors, boolean needsToken) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Copies the list. */
    public ExportManifest {
        files = List.copyOf(files);
    }

    /**
     * Reads one.
     *
     * @param address where it stands; file addresses may be relative to it
     * @throws IOException if it is no manifest, or the connection ends
     */
    static ExportManifest read(InputStream content, URI address) throws IOException {
        String time = "";
        List<URI> files = new ArrayList<>();
        int errors = 0;
        boolean token = false;
        try (JsonParser json = JSON.createParser(content)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("output") && value == JsonToken.START_ARRAY) {
                    files = files(json, address);
                } else if (name.equals("error") && value == JsonToken.START_ARRAY) {
                    errors = files(json, address).size();
                } else if (name.equals("transactionTime")) {
                    time = json.getText();
                } else if (name.equals("requiresAccessToken")) {
                    token = json.getValueAsBoolean();
                } else {
                    json.skipChildren();
                }
            }
        }
        return new ExportManifest(time, files, errors, token);
    }

    private static List<URI> files(JsonParser json, URI address) throws IOException {
        List<URI> files = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Optional<URI> url = Optional.empty();
            String type = "Observation";
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("url")) {
                    url = Optional.of(uri(json.getText(), address));
                } else if (name.equals("type")) {
                    type = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            if (type.equals("Observation") || type.equals("OperationOutcome")) {
                files.add(url.orElseThrow(() -> new IOException("a file of the manifest has no url")));
            }
        }
        return files;
    }

    private static URI uri(String text, URI address) throws IOException {
        try {
            return address.resolve(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("a file of the manifest has no address as its url", e);
        }
    }

    private static void expect(JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("the answer is no manifest");
        }
    }

    /** Returns what tells this export from another one of the same server: signed parts of addresses, which change, do not count. */
    public String fingerprint() {
        StringBuilder text = new StringBuilder(transactionTime);
        files.forEach(file -> text.append('\n').append(file.getPath()));
        return Sha256.hex(text.toString()).substring(0, 16);
    }
}
