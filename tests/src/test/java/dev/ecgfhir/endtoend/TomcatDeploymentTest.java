package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WAR in a stock Tomcat 10.1: deployed, used, undeployed, deployed again. */
class TomcatDeploymentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SETTINGS =
            List.of("-Decgfhir.model.demonstration=true", "-Decgfhir.base-url=http://localhost:PORT/ecgfhir");

    /** Its start is most of a deployment's time, and it knows nothing of DJL. */
    private static final String WITHOUT_REPOSITORY = "-Decgfhir.repository.enabled=false";

    @TempDir
    Path folder;

    @Test
    void reads_an_ecg_and_after_a_redeployment_says_what_is_to_be_done() throws IOException {
        try (Tomcat tomcat = Tomcat.start(folder.resolve("base"), List.of(), SETTINGS)) {
            tomcat.deploy(war());
            tomcat.awaitStatus("/actuator/health/readiness", 200);
            assertThat(interpretation(tomcat).statusCode()).as(tomcat::log).isEqualTo(200);
            assertThat(types(interpretation(tomcat)))
                    .contains("DiagnosticReport", "Observation", "Device", "Provenance");

            HttpResponse<String> forwarded = tomcat.getForwarded("/fhir/metadata");
            assertThat(forwarded.statusCode()).isEqualTo(403);
            assertThat(forwarded.body()).contains("forwarded");
            assertThat(tomcat.getForwarded("/actuator/health/liveness").statusCode())
                    .isEqualTo(200);

            tomcat.undeploy();
            assertThat(tomcat.get("/fhir/metadata").statusCode()).isEqualTo(404);

            tomcat.deploy(war());
            tomcat.awaitStatus("/fhir/metadata", 200);
            HttpResponse<String> refused = interpretation(tomcat);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.body()).contains("OperationOutcome", "Restart the container", "shared loader");
            assertThat(tomcat.get("/actuator/health").body()).contains("Restart the container");
            assertThat(tomcat.get("/fhir/DiagnosticReport?_count=1").statusCode())
                    .as("everything that needs no network goes on")
                    .isEqualTo(200);
        }
    }

    @Test
    void reads_an_ecg_before_and_after_a_redeployment_where_the_container_shares_djl() throws IOException {
        Path slim = folder.resolve("slim.war");
        Path jars = Files.createDirectory(folder.resolve("jars"));
        List<Path> shared = SharedDjl.part(war(), slim, jars);
        assertThat(shared).as("DJL and what it needs").hasSize(11);
        List<String> settings =
                Stream.concat(SETTINGS.stream(), Stream.of(WITHOUT_REPOSITORY)).toList();
        try (Tomcat tomcat = Tomcat.start(folder.resolve("base"), shared, settings)) {
            tomcat.deploy(slim);
            tomcat.awaitStatus("/actuator/health/readiness", 200);
            assertThat(interpretation(tomcat).statusCode()).as(tomcat::log).isEqualTo(200);

            tomcat.undeploy();
            tomcat.deploy(slim);
            tomcat.awaitStatus("/actuator/health/readiness", 200);
            HttpResponse<String> again = interpretation(tomcat);
            assertThat(again.statusCode()).as(again.body() + tomcat.log()).isEqualTo(200);
            assertThat(types(again)).contains("DiagnosticReport");
        }
    }

    private static HttpResponse<String> interpretation(Tomcat tomcat) throws IOException {
        return tomcat.post("/fhir/Observation/$interpret", recording());
    }

    private static List<String> types(HttpResponse<String> bundle) throws IOException {
        JsonNode entries = JSON.readTree(bundle.body()).path("entry");
        return entries.findValuesAsText("resourceType");
    }

    private static Path war() {
        return Path.of(System.getProperty("ecgfhir.war")).toAbsolutePath().normalize();
    }

    private static String recording() throws IOException {
        String name = "/dev/ecgfhir/demo/recordings/ptbxl_00292.json";
        try (InputStream stream = TomcatDeploymentTest.class.getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
