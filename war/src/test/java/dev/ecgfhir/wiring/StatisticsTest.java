package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static DeliveredReport march;
    private static DeliveredReport april;
    private static DeliveredReport confirmed;

    /** Recorded in a year in which no other test has recordings. */
    @BeforeAll
    static void deliver() {
        march = DeliveredReport.of("ptbxl_00330", "statistics-one", "1999-03-31T23:30:00-05:00");
        april = DeliveredReport.of("ptbxl_00330", "statistics-two", "1999-04-01T00:00:00Z");
        confirmed = DeliveredReport.of("ptbxl_00180", "statistics-three", "1999-04-30");
        DiagnosticReport report = DeliveredReport.parse(
                DiagnosticReport.class,
                TestServer.get("/fhir/" + confirmed.reference()).body());
        report.setStatus(DiagnosticReportStatus.FINAL);
        TestServer.put(
                "/fhir/" + confirmed.reference(),
                FhirContext.forR4Cached().newJsonParser().encodeResourceToString(report));
    }

    private static Parameters statistics(String query) {
        var response = TestServer.get("/fhir/DiagnosticReport/$statistics?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return DeliveredReport.parse(Parameters.class, response.body());
    }

    private static List<String> rows(Parameters answer, String name) {
        return answer.getParameter().stream()
                .filter(parameter -> parameter.getName().equals(name))
                .map(StatisticsTest::row)
                .toList();
    }

    private static String row(ParametersParameterComponent parameter) {
        List<String> parts = new ArrayList<>();
        parameter
                .getPart()
                .forEach(part -> parts.add(
                        part.getValue() instanceof Coding coding
                                ? coding.getCode()
                                : part.getValue().primitiveValue()));
        return String.join(" | ", parts);
    }

    @Test
    void counts_reports_by_the_month_of_their_recording_and_their_status() {
        Parameters answer = statistics("from=1999&to=1999");

        assertThat(answer.getParameterValue("total").primitiveValue()).isEqualTo("3");
        assertThat(rows(answer, "reports"))
                .containsExactly("1999-03 | preliminary | 1", "1999-04 | final | 1", "1999-04 | preliminary | 1");
    }

    @Test
    void counts_findings_by_label() {
        List<String> expected = new ArrayList<>();
        march.labels().forEach(label -> expected.add(label + " | 1999-03 | preliminary | 1"));
        april.labels().forEach(label -> expected.add(label + " | 1999-04 | preliminary | 1"));
        confirmed.labels().forEach(label -> expected.add(label + " | 1999-04 | final | 1"));

        assertThat(expected).hasSizeGreaterThan(3);
        assertThat(rows(statistics("from=1999-01-01&to=1999-12-31"), "findings"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void counts_only_what_was_recorded_in_the_time_that_is_asked_for() {
        assertThat(rows(statistics("from=1999-04&to=1999-04-29"), "reports"))
                .containsExactly("1999-04 | preliminary | 1");
        assertThat(statistics("from=1990&to=1998").getParameterValue("total").primitiveValue())
                .isEqualTo("0");
    }

    @Test
    void counts_all_reports_where_no_time_is_asked_for_and_takes_a_body_too() {
        int all = Integer.parseInt(statistics("").getParameterValue("total").primitiveValue());
        var posted = TestServer.post(
                "/fhir/DiagnosticReport/$statistics",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"from\",\"valueDate\":\"1999\"},{\"name\":\"to\",\"valueDate\":\"1999\"}]}");

        assertThat(all).isGreaterThanOrEqualTo(3);
        assertThat(DeliveredReport.parse(Parameters.class, posted.body())
                        .getParameterValue("total")
                        .primitiveValue())
                .isEqualTo("3");
    }
}
