package dev.ecgfhir.terminology.map;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated text: fields may stand in double quotes, which are doubled inside, and may then hold commas and line breaks. Empty
 * lines are left out.
 *
 * <p>Reference: RFC 4180, section 2. Lines may end in LF or CRLF.
 */
final class CsvReader {
    private final String text;
    private int position;
    private int line = 1;

    private CsvReader(String text) {
        this.text = text;
    }

    /**
     * Splits text into records.
     *
     * @param text the whole file
     * @return its records with the lines on which they begin
     * @throws IllegalArgumentException if a quoted field has no end, or text follows one; the message names the line
     */
    static List<CsvRecord> read(String text) {
        return new CsvReader(text).records();
    }

    private List<CsvRecord> records() {
        List<CsvRecord> records = new ArrayList<>();
        while (position < text.length()) {
            int first = line;
            List<String> fields = record();
            if (fields.size() > 1 || !fields.get(0).isEmpty()) {
                records.add(new CsvRecord(first, fields));
            }
        }
        return records;
    }

    private List<String> record() {
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (position < text.length() && text.charAt(position) == ',') {
            position++;
            fields.add(field());
        }
        if (position < text.length() && text.charAt(position) == '\r') {
            position++;
        }
        if (position < text.length()) {
            if (text.charAt(position) != '\n') {
                throw new IllegalArgumentException(
                        "line " + line + ": a comma or the line's end must follow a quoted field");
            }
            position++;
            line++;
        }
        return fields;
    }

    private String field() {
        if (position < text.length() && text.charAt(position) == '"') {
            return quoted();
        }
        int start = position;
        while (position < text.length() && ",\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    private String quoted() {
        int first = line;
        StringBuilder field = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c != '"') {
                field.append(c);
                line += c == '\n' ? 1 : 0;
            } else if (position < text.length() && text.charAt(position) == '"') {
                field.append('"');
                position++;
            } else {
                return field.toString();
            }
        }
        throw new IllegalArgumentException("line " + first + ": a quoted field has no end");
    }
}
