package dev.ecgfhir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/**
 * Cards of CDS Hooks.
 *
 * <p>Reference: HL7 CDS Hooks 2.0, Card Attributes.
 */
final class CdsCards {
    /** The specification asks for less than 140 characters. */
    static final int LONGEST_SUMMARY = 139;

    private static final int LONGEST_DATE = 10;

    private CdsCards() {}

    /** Returns {@code {"cards": [...]}}, one card for each report. */
    static ObjectNode response(List<CriticalReport> reports) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        ArrayNode cards = response.putArray("cards");
        reports.forEach(report -> cards.add(card(report)));
        return response;
    }

    private static ObjectNode card(CriticalReport report) {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("uuid", UUID.randomUUID().toString());
        card.put("summary", summary(report));
        card.put("indicator", "critical");
        card.put("detail", detail(report));
        card.putObject("source").put("label", "ECGFounder for FHIR");
        if (report.address().matches("https?://.+")) {
            card.putArray("links")
                    .addObject()
                    .put("label", "The report")
                    .put("url", report.address())
                    .put("type", "absolute");
        }
        return card;
    }

    private static String summary(CriticalReport report) {
        String begin = "Critical ECG finding, not reviewed: ";
        String end = (report.findings().size() == 1
                        ? ""
                        : " and " + (report.findings().size() - 1) + " more")
                + recorded(report, " (ECG of ", ")");
        String first = report.findings().get(0);
        int room = LONGEST_SUMMARY - begin.length() - end.length();
        return begin + (first.length() <= room ? first : first.substring(0, room - 3) + "...") + end;
    }

    private static String recorded(CriticalReport report, String before, String after) {
        String date = report.report().hasEffectiveDateTimeType()
                ? report.report().getEffectiveDateTimeType().getValueAsString()
                : report.report().hasEffectivePeriod()
                        ? report.report().getEffectivePeriod().getStartElement().getValueAsString()
                        : null;
        return date == null ? "" : before + date.substring(0, Math.min(LONGEST_DATE, date.length())) + after;
    }

    private static String detail(CriticalReport report) {
        StringBuilder detail = new StringBuilder();
        report.findings()
                .forEach(finding -> detail.append("- ").append(escaped(finding)).append('\n'));
        detail.append("\nSuggested by a neural network")
                .append(recorded(report, " on the ECG of ", ""))
                .append("; no person has confirmed it. What the report does not name is not excluded.\n");
        if (report.report().hasConclusion()) {
            detail.append("\nThe report: ").append(escaped(report.report().getConclusion()));
        }
        return detail.toString();
    }

    /** Text of a report is shown as it is, whatever of Markdown or HTML it holds. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]<>#|]", "\\\\$0");
    }
}
