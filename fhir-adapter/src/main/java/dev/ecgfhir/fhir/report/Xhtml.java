package dev.ecgfhir.fhir.report;

import java.util.List;
import org.hl7.fhir.r4.model.Narrative;

/** Builds a narrative: every text is escaped, and nothing stands in it that the resource does not hold. Not safe to share. */
final class Xhtml {
    private final StringBuilder div;

    /** Begins a narrative in a language. Reference: FHIR R4 2.4.0.2, both attributes are to be given. */
    Xhtml(ReportLanguage language) {
        div = new StringBuilder("<div xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"" + language.tag()
                + "\" lang=\"" + language.tag() + "\">");
    }

    Xhtml heading(String text) {
        div.append("<h3>").append(escape(text)).append("</h3>");
        return this;
    }

    /** Begins a part of the text. */
    Xhtml part(String text) {
        div.append("<p><i>").append(escape(text)).append("</i></p>");
        return this;
    }

    Xhtml paragraph(String text) {
        div.append("<p>").append(escape(text)).append("</p>");
        return this;
    }

    Xhtml strong(String text) {
        div.append("<p><b>").append(escape(text)).append("</b></p>");
        return this;
    }

    Xhtml list(List<String> items) {
        if (items.isEmpty()) {
            return this; // XHTML has no list without items
        }
        div.append("<ul>");
        items.forEach(item -> div.append("<li>").append(escape(item)).append("</li>"));
        div.append("</ul>");
        return this;
    }

    Xhtml table(List<String> head, List<List<String>> rows) {
        div.append("<table><thead>");
        row("th", head);
        div.append("</thead><tbody>");
        rows.forEach(cells -> row("td", cells));
        div.append("</tbody></table>");
        return this;
    }

    private void row(String cell, List<String> cells) {
        div.append("<tr>");
        cells.forEach(text -> div.append('<')
                .append(cell)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(cell)
                .append('>'));
        div.append("</tr>");
    }

    Narrative toNarrative() {
        Narrative narrative = new Narrative();
        narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
        narrative.setDivAsString(div + "</div>");
        return narrative;
    }

    /** Escapes for XML; characters that XML cannot hold become a question mark. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(c) ? c : '?');
            }
        });
        return escaped.toString();
    }

    /** Reference: XML 1.0, production 2 (Char). */
    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
