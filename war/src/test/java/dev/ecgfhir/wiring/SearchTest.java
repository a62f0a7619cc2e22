package dev.ecgfhir.wiring;

import static dev.ecgfhir.wiring.DeliveredReport.found;
import static dev.ecgfhir.wiring.DeliveredReport.search;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches on real reports, as docs/queries.md lists them. */
class SearchTest {
    private static final Path PAGE = Path.of("..", "docs", "queries.md");

    private static DeliveredReport fibrillation;
    private static DeliveredReport block;

    /** Two real reports on two patients; a person has confirmed the second. */
    @BeforeAll
    static void deliver() {
        fibrillation = DeliveredReport.of("ptbxl_00330", "search-one", "2024-05-06T07:08:09+02:00");
        block = DeliveredReport.of("ptbxl_00180", "search-two", "2023-02-01T00:30:00+01:00");
        DiagnosticReport confirmed = DeliveredReport.parse(
                DiagnosticReport.class,
                TestServer.get("/fhir/" + block.reference()).body());
        confirmed.setStatus(DiagnosticReportStatus.FINAL);
        TestServer.put(
                "/fhir/" + block.reference(),
                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(confirmed));
    }

    /** The searches of the page, one a row, with what stands for values in capital letters. */
    static List<String> documented() throws Exception {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("    GET ") && line.contains("?") && !line.contains("/$"))
                .map(line -> line.strip().substring("GET ".length()))
                .toList();
    }

    private static String filled(String search, DeliveredReport report) {
        Map<String, String> values = new HashMap<>();
        values.put("PATIENT", report.patient());
        values.put("ECG", report.ecg());
        values.put("REPORT", report.report().getIdElement().getIdPart());
        values.put("KEY", report.key());
        values.put("SNOMED", report.snomed());
        values.put("LABEL", report.labels().get(0));
        values.put("DEVICE", report.deviceIdentifier());
        String filled = search;
        String rest = search;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
            rest = rest.replace(value.getKey(), "");
        }
        assertThat(rest).as("words in capital letters that stand for nothing").doesNotContainPattern("\\b[A-Z]{3,}\\b");
        return encoded(filled);
    }

    private static String encoded(String filled) {
        String[] parts = filled.split("\\?", 2);
        List<String> encoded = new ArrayList<>();
        for (String parameter : parts[1].split("&")) {
            String[] pair = parameter.split("=", 2);
            encoded.add(pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8));
        }
        return parts[0] + "?" + String.join("&", encoded);
    }

    @ParameterizedTest
    @MethodSource("documented")
    void each_documented_search_finds_the_report_or_what_belongs_to_it(String documented) {
        Bundle bundle = search(filled(documented, fibrillation));

        Set<String> ofReport = new HashSet<>(Set.of(fibrillation.reference(), "Observation/" + fibrillation.ecg()));
        fibrillation
                .bundle()
                .getEntry()
                .forEach(entry -> ofReport.add(entry.getResource().fhirType() + "/"
                        + entry.getResource().getIdElement().getIdPart()));
        if (documented.contains("_summary=count")) {
            assertThat(bundle.getTotal()).isPositive();
            assertThat(bundle.getEntry()).isEmpty();
            return;
        }
        assertThat(found(bundle)).anyMatch(ofReport::contains);
    }

    static Stream<String> tells_reports_apart() {
        return Stream.of(
                "patient=PATIENT",
                "patient=Patient/PATIENT",
                "subject=Patient/PATIENT",
                "identifier=https://ecgfhir.dev/identifier/report|KEY",
                "date=2024-05-06",
                "date=ge2024-05-01&date=lt2024-06-01",
                "status=preliminary",
                "status=registered,preliminary",
                "conclusion=http://snomed.info/sct|SNOMED",
                "result.code=http://snomed.info/sct|SNOMED",
                "result.code=https://ecgfhir.dev/CodeSystem/ecgfounder-labels|LABEL",
                "result.derived-from=Observation/ECG",
                "_id=REPORT",
                "patient=Patient/PATIENT&category=http://terminology.hl7.org/CodeSystem/v2-0074|EC",
                "patient=Patient/PATIENT&code=http://loinc.org|11524-6",
                "patient=Patient/PATIENT&category=http://loinc.org|LP29708-2&date=ge2024-01-01",
                "patient=Patient/PATIENT&status=preliminary",
                "patient=Patient/PATIENT&code=http://loinc.org|11524-6&date=ge2024-01-01",
                "_has:Provenance:target:entity=Observation/ECG");
    }

    @ParameterizedTest
    @MethodSource
    void tells_reports_apart(String parameters) {
        assertThat(found(search(filled("DiagnosticReport?" + parameters + "&_count=200", fibrillation))))
                .contains(fibrillation.reference())
                .doesNotContain(block.reference());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "category=http://terminology.hl7.org/CodeSystem/v2-0074|none",
                "code=http://loinc.org|24323-8",
                "result:Observation.device:Device.identifier=https://ecgfhir.dev/identifier/device|none",
                "result.value-concept=http://loinc.org|LA9634-2",
                "_lastUpdated=lt2020-01-01",
                "patient=Patient/PATIENT&date=lt1980-01-01"
            })
    void finds_no_report_by_a_value_that_none_has(String parameters) {
        assertThat(search(filled("DiagnosticReport?" + parameters, fibrillation))
                        .getEntry())
                .isEmpty();
    }

    @Test
    void finds_scores_by_the_label_and_the_number_of_the_same_component() {
        String scores = scoresOf(fibrillation);
        String label = fibrillation.labels().get(0);
        double score = score(fibrillation, label);
        String search = "Observation?patient=search-one&component-code-value-quantity=%s%s$%s%s";
        String system = "https://ecgfhir.dev/CodeSystem/ecgfounder-labels|";

        assertThat(pairs(search, system, label, "ge", score)).containsExactly(scores);
        assertThat(pairs(search, "", label, "le", score)).containsExactly(scores);
        assertThat(pairs(search, system, label, "gt", score)).isEmpty();
        assertThat(pairs(search, system, label, "lt", score)).isEmpty();
        assertThat(pairs(search, "urn:example:other|", label, "ge", 0)).isEmpty();
        assertThat(pairs(search, "none$ge2," + system, label, "ge", 0)).containsExactly(scores);
    }

    private static List<String> pairs(String search, String system, String label, String prefix, double number) {
        return found(search(encoded(String.format(Locale.ROOT, search, system, label, prefix, number))));
    }

    private static String scoresOf(DeliveredReport report) {
        return report.bundle().getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(one -> one instanceof Observation observation && observation.hasComponent())
                .filter(one -> ((Observation) one)
                        .getCode()
                        .getCodingFirstRep()
                        .getCode()
                        .equals("scores"))
                .map(one -> "Observation/" + one.getIdElement().getIdPart())
                .findFirst()
                .orElseThrow();
    }

    private static double score(DeliveredReport report, String label) {
        return report.bundle().getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .flatMap(one -> ((Observation) one).getComponent().stream())
                .filter(component ->
                        component.getCode().getCodingFirstRep().getCode().equals(label))
                .findFirst()
                .orElseThrow()
                .getValueQuantity()
                .getValue()
                .doubleValue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "component-code-value-quantity=LABEL",
                "component-code-value-quantity=|LABEL$ge0.1",
                "component-code-value-quantity=LABEL$ge0.1|http://unitsofmeasure.org|1",
                "component-code-value-quantity:missing=true",
                "component-code-value-concept=LABEL$LABEL",
                "combo-code=LABEL",
                "combo-code-value-quantity=LABEL$ge0.1",
                "component-value-quantity=ge0.1",
                "_has:Observation:has-member:component-code-value-quantity=LABEL$ge0.1",
                "has-member.component-code-value-quantity=LABEL$ge0.1"
            })
    void refuses_what_it_could_only_answer_wrongly(String parameters) {
        var response = TestServer.get("/fhir/" + filled("Observation?" + parameters, fibrillation));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }

    @Test
    void finds_reports_by_when_they_were_written() {
        String search = "DiagnosticReport?patient=search-one&_lastUpdated=";

        assertThat(search(search + "gt" + Instant.now().minusSeconds(3600)).getEntry())
                .hasSize(1);
        assertThat(search(search + "gt" + Instant.now().plusSeconds(3600)).getEntry())
                .isEmpty();
    }

    @Test
    void includes_the_results_and_what_was_written_about_the_report() {
        Bundle bundle = search(
                "DiagnosticReport?patient=search-one&_include=DiagnosticReport:result&_include:iterate=Observation:device"
                        + "&_revinclude=Provenance:target");

        assertThat(bundle.getEntry())
                .extracting(entry -> entry.getSearch().getMode().toCode())
                .contains("match", "include");
        assertThat(found(bundle))
                .contains(fibrillation.reference())
                .anyMatch(one -> one.startsWith("Device/"))
                .anyMatch(one -> one.startsWith("Provenance/"));
        assertThat(found(bundle).stream().filter(one -> one.startsWith("Observation/")))
                .hasSize(fibrillation.report().getResult().size());
    }

    @Test
    void sorts_by_date_in_both_directions() {
        String both = "DiagnosticReport?patient=search-one,search-two&_sort=";

        assertThat(found(search(both + "date"))).containsExactly(block.reference(), fibrillation.reference());
        assertThat(found(search(both + "-date"))).containsExactly(fibrillation.reference(), block.reference());
    }

    @Test
    void gives_less_of_a_report_where_that_is_asked_for() {
        String one = "DiagnosticReport?patient=search-one&";

        assertThat(search(one + "_summary=count").getTotal()).isEqualTo(1);
        DiagnosticReport summary = (DiagnosticReport)
                search(one + "_summary=true").getEntryFirstRep().getResource();
        assertThat(summary.getMeta().getTag()).anyMatch(tag -> tag.getCode().equals("SUBSETTED"));
        assertThat(summary.hasText()).isFalse();
        DiagnosticReport elements = (DiagnosticReport)
                search(one + "_elements=conclusion,status").getEntryFirstRep().getResource();
        assertThat(elements.hasConclusion()).isTrue();
        assertThat(elements.hasResult()).isFalse();
    }

    @Test
    void searches_by_post_as_by_get() {
        var response = TestServer.form("/fhir/DiagnosticReport/_search", "patient=search-one&status=preliminary");

        assertThat(found(DeliveredReport.parse(Bundle.class, response.body())))
                .containsExactly(fibrillation.reference());
    }

    /** The rows of US Core's table for DiagnosticReport, notes and results alike. Reference: US Core 7.0.0, both profiles' Quick Start. */
    @Test
    void lists_every_parameter_that_these_searches_use() {
        Set<String> listed = new HashSet<>();
        DeliveredReport.parse(
                        CapabilityStatement.class,
                        TestServer.get("/fhir/metadata").body())
                .getRestFirstRep()
                .getResource()
                .stream()
                .filter(resource -> resource.getType().equals("DiagnosticReport"))
                .forEach(resource -> {
                    resource.getSearchParam().forEach(parameter -> listed.add(parameter.getName()));
                    resource.getSearchInclude().forEach(include -> listed.add(include.getValue()));
                    resource.getSearchRevInclude().forEach(include -> listed.add(include.getValue()));
                });

        assertThat(listed)
                .contains(
                        "patient",
                        "subject",
                        "identifier",
                        "date",
                        "code",
                        "category",
                        "status",
                        "result",
                        "conclusion",
                        "_id",
                        "_lastUpdated",
                        "_has",
                        "DiagnosticReport:result",
                        "Provenance:target");
    }

    @Test
    void pages_without_loss_or_repeat_while_others_write() {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            written.add(written());
        }
        Bundle page = search("DiagnosticReport?identifier=urn:example:paged%7C&_count=5&_sort=_lastUpdated");
        List<String> seen = new ArrayList<>(found(page));
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            written();
            page = search(page.getLink(Bundle.LINK_NEXT).getUrl().replaceAll("^.*/fhir/?", ""));
            seen.addAll(found(page));
        }

        assertThat(seen).doesNotHaveDuplicates().startsWith(written.toArray(new String[0]));
    }

    private static String written() {
        return TestServer.post(
                        "/fhir/DiagnosticReport",
                        "{\"resourceType\":\"DiagnosticReport\",\"identifier\":[{\"system\":\"urn:example:paged\",\"value\":\"1\"}],"
                                + "\"status\":\"preliminary\",\"code\":{\"text\":\"ECG\"}}")
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/(DiagnosticReport/[^/]+)/.*", "$1");
    }
}
