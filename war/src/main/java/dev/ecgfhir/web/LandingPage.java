package dev.ecgfhir.web;

import dev.ecgfhir.fhir.report.ReportTerms;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page at /: what runs here, and where to go. Needs no script and nothing of other servers. */
@RestController
public final class LandingPage {
    private final Supplier<Overview> overview;

    /**
     * Makes the page.
     *
     * @param overview what it tells, asked for at each visit
     */
    public LandingPage(Supplier<Overview> overview) {
        this.overview = overview;
    }

    /** Returns the page. */
    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    public String page() {
        Overview now = overview.get();
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>ECGFounder for FHIR</title>
                <link rel="stylesheet" href="page.css">
                <link rel="icon" href="data:,">
                </head>
                <body>
                <main>
                <h1>ECGFounder for FHIR</h1>
                <p>Reads ECGs of FHIR servers with a neural network and writes DiagnosticReports back. Its reports are suggestions that a
                clinician has to confirm: not a diagnosis, not a medical device.</p>
                %s
                <h2>What runs</h2>
                <dl>
                <dt>Version</dt><dd>%s</dd>
                <dt>Network</dt>%s
                <dt>Reads from</dt>%s
                <dt>Embedded FHIR repository</dt><dd>%s</dd>
                </dl>
                <h2>Where to look</h2>
                <ul>
                %s
                </ul>
                </main>
                </body>
                </html>
                """.formatted(
                warnings(now),
                text(now.version()),
                lines(now.models(), "none"),
                lines(now.sources(), "nothing: no ecgfhir.sources are configured; $interpret answers single requests"),
                now.repository() ? "on, at /fhir" : "off",
                links(now));
    }

    private static String warnings(Overview now) {
        StringBuilder warnings = new StringBuilder();
        if (now.demonstration()) {
            warnings.append(
                    "<p class=\"warning\" role=\"alert\"><strong>Demonstration weights.</strong> The network that runs here is"
                            + " not ECGFounder. It is for trying out the software and must not be used for patients.</p>\n");
        }
        if (!now.problem().isEmpty()) {
            warnings.append("<p class=\"warning\" role=\"alert\"><strong>No ECG can be interpreted.</strong> ")
                    .append(text(now.problem()))
                    .append("</p>\n");
        }
        return warnings.toString();
    }

    private static String links(Overview now) {
        StringBuilder links = new StringBuilder();
        if (now.repository()) {
            links.append(link(
                    "fhir/DiagnosticReport?_sort=-_lastUpdated&_format=json", "Reports, newest first (FHIR JSON)"));
            links.append(link(
                    "fhir/Observation?code=" + ReportTerms.SYSTEM + "%7Cscores&_format=json",
                    "Scores of each ECG (FHIR JSON)"));
            links.append(link(
                    "fhir/DiagnosticReport/$statistics?_format=json", "Reports and findings by month (FHIR JSON)"));
        }
        links.append(link("fhir/metadata?_format=json", "What the FHIR API offers (CapabilityStatement)"));
        links.append(link("fhir/openapi.json", "The same for tools (OpenAPI)"));
        links.append(link("actuator/health", "Health"));
        links.append(link("actuator/prometheus", "Metrics"));
        return links.toString();
    }

    private static String link(String address, String words) {
        return "<li><a href=\"" + text(address) + "\">" + text(words) + "</a></li>\n";
    }

    private static String lines(List<String> lines, String none) {
        if (lines.isEmpty()) {
            return "<dd>" + text(none) + "</dd>";
        }
        StringBuilder html = new StringBuilder();
        lines.forEach(line -> html.append("<dd>").append(text(line)).append("</dd>"));
        return html.toString();
    }

    private static String text(String words) {
        return HtmlUtils.htmlEscape(words, "UTF-8");
    }
}
