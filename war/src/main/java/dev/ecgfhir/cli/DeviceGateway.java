package dev.ecgfhir.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends ECGs to a FHIR server as the gateway of a hospital's recorders does: one POST each, over HTTP. */
final class DeviceGateway {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern LOCATION = Pattern.compile(".*/(Observation/[^/]+)/_history/([^/]+)$");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI observations;

    /**
     * Makes a gateway.
     *
     * @param fhirUrl address of the FHIR server, without trailing slash
     */
    DeviceGateway(String fhirUrl) {
        this.observations = URI.create(fhirUrl + "/Observation");
    }

    /**
     * Where a recording was stored.
     *
     * @param resource type and id
     * @param version the server's version
     */
    record Stored(String resource, String version) {}

    /**
     * Sends one.
     *
     * @param recording the recording
     * @return where the server stored it
     * @throws IOException if the server did not store it
     */
    Stored post(DemoRecording recording) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(observations)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(recording.observation()))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException("POST " + observations + " of " + recording.name() + " was answered with "
                    + response.statusCode() + ": " + response.body());
        }
        String location = response.headers().firstValue("Location").orElse("");
        Matcher matcher = LOCATION.matcher(location);
        if (!matcher.matches()) {
            throw new IOException("POST " + observations + " of " + recording.name()
                    + " was answered without the address of a version: '" + location + "'");
        }
        return new Stored(matcher.group(1), matcher.group(2));
    }
}
