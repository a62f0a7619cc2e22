package dev.ecgfhir.fhir.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a reader should know of a recording, in words: flags of the same kind stand together. */
final class FlagWords {
    private static final String CONTRADICTION = "CONTRADICTION";
    private static final String NOT_ASSERTED = "NOT_ASSERTED";

    private final ReportContent content;
    private final ReportTexts texts;
    private final Map<String, List<String>> details = new LinkedHashMap<>();

    FlagWords(ReportContent content, ReportTexts texts) {
        this.content = content;
        this.texts = texts;
        for (String flag : content.flags()) {
            int colon = flag.indexOf(':');
            List<String> known =
                    details.computeIfAbsent(colon < 0 ? flag : flag.substring(0, colon), code -> new ArrayList<>());
            if (colon >= 0) {
                known.add(flag.substring(colon + 1).strip());
            }
        }
    }

    /** Returns what is to be known of findings: which contradict each other, and which give way. */
    List<String> ofFindings() {
        List<String> words = new ArrayList<>();
        for (String pair : details.getOrDefault(CONTRADICTION, List.of())) {
            String[] labels = pair.split(", ", 2);
            words.add(labels.length == 2 ? texts.text("contradiction", name(labels[0]), name(labels[1])) : pair);
        }
        details.getOrDefault(NOT_ASSERTED, List.of())
                .forEach(label -> words.add(texts.text("not-asserted", name(label))));
        return words;
    }

    /** Returns what is to be known of the signal. */
    List<String> ofSignal() {
        List<String> words = new ArrayList<>();
        details.forEach((code, values) -> {
            if (!code.equals(CONTRADICTION) && !code.equals(NOT_ASSERTED)) {
                words.add(texts.text("flag.note", word(code, String.join(", ", values))));
            }
        });
        return words;
    }

    /** Returns the details of a flag, for example the leads without a signal. */
    List<String> details(String code) {
        return details.getOrDefault(code, List.of());
    }

    /** A flag without words of its own is told as it is: better foreign than silent. */
    private String word(String code, String values) {
        return texts.has("flag." + code)
                ? texts.text("flag." + code, values)
                : code.replace('_', ' ').toLowerCase(Locale.ROOT) + (values.isEmpty() ? "" : ": " + values);
    }

    private String name(String label) {
        FindingWords words = new FindingWords(texts);
        return content.findings().stream()
                .filter(finding -> finding.label().equals(label))
                .map(words::name)
                .findFirst()
                .orElse(label);
    }
}
