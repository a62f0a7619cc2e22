package dev.ecgfhir.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.Test;

class CdsCardsTest {
    private static JsonNode card(String... findings) {
        DiagnosticReport report = new DiagnosticReport();
        report.setEffective(new DateTimeType("2026-02-03T04:05:06Z"));
        return CdsCards.response(List.of(new CriticalReport(report, "", List.of(findings))))
                .get("cards")
                .get(0);
    }

    @Test
    void keeps_the_summary_shorter_than_140_characters() {
        String summary = card("a".repeat(300), "b", "c").get("summary").asText();

        assertThat(summary).hasSize(139).endsWith("a... and 2 more (ECG of 2026-02-03)");
    }

    @Test
    void shows_marks_of_markdown_and_html_in_a_finding_as_they_are() {
        assertThat(card("<b>[a](b)</b>").get("detail").asText()).startsWith("- \\<b\\>\\[a\\](b)\\</b\\>\n");
    }

    @Test
    void has_no_link_where_the_address_of_the_report_is_not_known() {
        assertThat(card("a").has("links")).isFalse();
    }
}
