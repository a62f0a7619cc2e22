package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void is_alive_and_ready() {
        assertThat(TestServer.get("/actuator/health/liveness").body()).contains("\"status\":\"UP\"");
        assertThat(TestServer.get("/actuator/health/readiness").body())
                .contains("\"status\":\"UP\"", "\"db\"", "\"ledger\"", "\"camel\"", "\"model\"", "source own");
    }

    @Test
    void names_the_networks_and_says_that_they_are_for_demonstration() {
        assertThat(TestServer.get("/actuator/health").body())
                .contains("Demonstration network, 12-lead (not ECGFounder), sha256:", "\"demonstration\":true");
    }

    @Test
    void tells_how_much_room_the_disk_of_the_data_directory_has() {
        String data = TestServer.server().settings().dataDirectory().toString();
        assertThat(TestServer.get("/actuator/health").body()).contains("\"path\":\"" + data + "\"");
        assertThat(TestServer.get("/actuator/prometheus").body()).contains("disk_free_bytes{path=\"" + data + "\"}");
    }

    @Test
    void offers_metrics_to_prometheus() {
        assertThat(TestServer.get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void names_the_node_that_polls_and_how_far_it_is_behind() {
        assertThat(TestServer.get("/actuator/health").body()).contains("polled by " + TestServer.NODE + " (this node)");
        assertThat(TestServer.get("/actuator/prometheus").body())
                .contains("ecgfhir_source_polling{name=\"own\"} 1.0")
                .containsPattern("ecgfhir_source_watermark_lag_seconds\\{name=\"own\"\\} \\d");
    }

    @Test
    void shows_nothing_else_of_the_actuator() {
        assertThat(TestServer.get("/actuator/env").statusCode()).isEqualTo(404);
        assertThat(TestServer.get("/actuator/heapdump").statusCode()).isEqualTo(404);
    }

    @Test
    void has_a_page_that_says_what_runs_and_warns_of_demonstration_weights() {
        String page = TestServer.get("/").body();

        assertThat(page)
                .contains(
                        "<html lang=\"en\">",
                        "Demonstration weights.",
                        "role=\"alert\"",
                        "fhir/metadata",
                        "actuator/health")
                .doesNotContain("<script", "%s")
                .doesNotContainPattern("(href|src)=\"(https?:)?//");
        for (String link : List.of("fhir/openapi.json", "fhir/DiagnosticReport/$statistics?_format=json")) {
            assertThat(page).contains("href=\"" + link + "\"");
            assertThat(TestServer.get("/" + link).statusCode()).as(link).isEqualTo(200);
        }
        assertThat(TestServer.get("/page.css").statusCode()).isEqualTo(200);
    }
}
