package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sends the requests of docs/queries.md in their order, and compares the status with the one that the page names. */
class QueriesPageTest {
    private static final Pattern REQUEST = Pattern.compile(
            "```http\\n([A-Z]+) (\\S+)\\n((?:[A-Za-z-]+: .*\\n)*)(?:\\n((?s:.*?)))?```\\n\\nAnswer: `(\\d+)`");

    private final DeliveredReport report = DeliveredReport.of("ptbxl_00330", "queries-page", "2024-05-06");
    private String job = "";

    @Test
    void every_request_of_the_page_is_answered_as_it_says() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "queries.md"));
        List<MatchResult> requests = REQUEST.matcher(page).results().toList();

        assertThat(requests)
                .hasSameSizeAs(
                        Pattern.compile("```http").matcher(page).results().toList());
        for (MatchResult request : requests) {
            HttpResponse<String> response = send(request);
            assertThat(response.statusCode())
                    .as("%s %s: %s", request.group(1), request.group(2), response.body())
                    .isEqualTo(Integer.parseInt(request.group(5)));
        }
    }

    private HttpResponse<String> send(MatchResult request) {
        String path = filled(request.group(2));
        List<String> headers = new ArrayList<>();
        request.group(3).lines().forEach(line -> headers.addAll(List.of(line.split(": ", 2))));
        String body = request.group(4) == null ? "" : filled(request.group(4));
        HttpResponse<String> response =
                TestServer.request(request.group(1), path, body, headers.toArray(new String[0]));
        response.headers()
                .firstValue("Content-Location")
                .filter(location -> location.contains("?job="))
                .ifPresent(location -> {
                    job = location.replaceAll(".*job=", "");
                    org.awaitility.Awaitility.await()
                            .until(() -> TestServer.get("/fhir/$interpret-status?job=" + job)
                                            .statusCode()
                                    == 200);
                });
        return response;
    }

    private String filled(String text) {
        return text.replace("ECG/", report.ecg() + "/")
                .replace("/ECG\"", "/" + report.ecg() + "\"")
                .replace("JOB", job)
                .replace("PATIENT", report.patient());
    }
}
