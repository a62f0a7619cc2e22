package dev.ecgfhir.inference.checkpoint;

import dev.ecgfhir.inference.CheckpointException;
import dev.ecgfhir.inference.CheckpointException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of the JSON that a safetensors header may hold: objects, arrays, texts and whole numbers. No duplicate names,
 * bounded depth, nothing after the end but spaces.
 */
final class HeaderJson {
    private static final int DEEPEST = 4;

    private final String where;
    private final String text;
    private int at;

    private HeaderJson(String where, String text) {
        this.where = where;
        this.text = text;
    }

    /** Reads one object; numbers become Long, arrays List, objects Map. */
    static Map<String, Object> parse(String where, String text) {
        HeaderJson json = new HeaderJson(where, text);
        Map<String, Object> object = json.object(0);
        json.spaces();
        if (json.at != text.length()) {
            throw json.wrong("the end");
        }
        return object;
    }

    private Map<String, Object> object(int depth) {
        take('{');
        Map<String, Object> object = new LinkedHashMap<>();
        if (takeIf('}')) {
            return object;
        }
        do {
            spaces();
            String name = string();
            take(':');
            if (object.put(name, value(depth + 1)) != null) {
                throw new CheckpointException(Reason.DAMAGED, where + ": the header has '" + name + "' twice");
            }
        } while (takeIf(','));
        take('}');
        return object;
    }

    private List<Object> array(int depth) {
        take('[');
        List<Object> array = new ArrayList<>();
        if (takeIf(']')) {
            return array;
        }
        do {
            array.add(value(depth + 1));
        } while (takeIf(','));
        take(']');
        return array;
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " levels");
        }
        spaces();
        char next = peek();
        if (next == '{') {
            return object(depth);
        }
        if (next == '[') {
            return array(depth);
        }
        if (next == '"') {
            return string();
        }
        return number();
    }

    private Long number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        try {
            return Long.parseLong(text.substring(start, at));
        } catch (NumberFormatException e) {
            at = start;
            throw wrong("a whole number of at most 63 bits, a text, an array or an object");
        }
    }

    private String string() {
        take('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return string.toString();
            }
            if (c < 0x20) {
                throw wrong("no control character in a text");
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("an escape sequence of JSON");
        };
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw wrong("four hexadecimal digits");
            }
            value = (value << 4) | digit;
            at++;
        }
        return (char) value;
    }

    private void spaces() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takeIf(char expected) {
        spaces();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void take(char expected) {
        if (!takeIf(expected)) {
            throw wrong("'" + expected + "'");
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more text");
        }
        return text.charAt(at);
    }

    private CheckpointException wrong(String expected) {
        return new CheckpointException(
                Reason.DAMAGED,
                where + ": the safetensors header is not valid JSON at character " + at + "; expected " + expected);
    }
}
