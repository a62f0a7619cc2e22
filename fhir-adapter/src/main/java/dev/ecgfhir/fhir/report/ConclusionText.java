package dev.ecgfhir.fhir.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;

/** The words of a report. What a reader must know first stands first; nothing sounds more certain than it is. */
final class ConclusionText {
    private static final int MOST_NAMES = 8;

    private final ResultFrame frame;
    private final ReportContent content;
    private final ReportTexts texts;
    private final FindingWords words;
    private final FlagWords flags;

    ConclusionText(ResultFrame frame) {
        this.frame = frame;
        this.content = frame.content();
        this.texts = frame.texts();
        this.words = new FindingWords(texts);
        this.flags = new FlagWords(content, texts);
    }

    /** Returns the whole text, one statement a line. */
    String text() {
        List<String> lines = new ArrayList<>(before());
        content.findings().forEach(finding -> lines.add("- " + words.line(finding)));
        lines.addAll(ofFindings());
        lines.addAll(limits());
        lines.addAll(signal());
        return String.join("\n", lines);
    }

    /** Returns the same as a narrative. */
    Narrative narrative() {
        Xhtml text = new Xhtml(texts.language()).heading(texts.text("title"));
        before().forEach(text::strong);
        if (!content.findings().isEmpty()) {
            text.table(
                    List.of(
                            texts.text("column.finding"),
                            texts.text("column.certainty"),
                            texts.text("column.score"),
                            texts.text("column.threshold"),
                            texts.text("column.code")),
                    content.findings().stream().map(words::row).toList());
            text.part(texts.text("section.attention")).list(ofFindings());
        }
        text.part(texts.text("section.limits")).list(limits());
        text.part(texts.text("section.signal")).list(signal());
        return text.toNarrative();
    }

    private List<String> before() {
        List<String> lines = new ArrayList<>();
        if (content.demonstration()) {
            lines.add(texts.text("demonstration"));
        }
        lines.add(texts.text("not-confirmed"));
        List<ReportFinding> critical = FindingWords.critical(content.findings());
        if (!critical.isEmpty()) {
            lines.add(texts.text("critical", critical.stream().map(words::name).collect(Collectors.joining("; "))));
        }
        lines.add(texts.text(content.findings().isEmpty() ? "no-finding" : "findings"));
        return lines;
    }

    private List<String> ofFindings() {
        List<String> lines = new ArrayList<>(flags.ofFindings());
        thresholds(lines);
        indeterminate(lines);
        boolean calibrated = content.findings().stream()
                .anyMatch(finding -> finding.probability().isPresent());
        lines.add(texts.text(calibrated ? "scores.calibrated" : "scores.plain"));
        if (!content.findings().isEmpty()) {
            lines.add(texts.text("certainty.rule"));
        }
        return lines;
    }

    private void thresholds(List<String> lines) {
        long notValidated = content.findings().stream()
                .filter(finding -> !finding.thresholdValidated())
                .count();
        if (notValidated == 0) {
            return;
        }
        lines.add(
                notValidated == content.findings().size()
                        ? texts.text("thresholds.any", content.thresholdsVersion())
                        : texts.text(
                                "thresholds.some",
                                notValidated,
                                content.findings().size(),
                                content.thresholdsVersion()));
    }

    private void indeterminate(List<String> lines) {
        List<String> labels = content.scores().stream()
                .filter(ReportScore::assessed)
                .filter(ReportScore::reported)
                .filter(score -> score.score() >= score.indeterminateFrom() && score.score() < score.threshold())
                .filter(score ->
                        content.findings().stream().noneMatch(finding -> finding.labelIndex() == score.labelIndex()))
                .map(ReportScore::label)
                .toList();
        if (!labels.isEmpty()) {
            String names = labels.stream().limit(MOST_NAMES).collect(Collectors.joining("; "))
                    + (labels.size() > MOST_NAMES ? "; ..." : "");
            lines.add(
                    labels.size() == 1
                            ? texts.text("indeterminate.one", names)
                            : texts.text("indeterminate.several", labels.size(), names));
        }
    }

    private List<String> limits() {
        List<String> lines = new ArrayList<>();
        long notAssessed =
                content.scores().stream().filter(score -> !score.assessed()).count();
        if (notAssessed > 0) {
            lines.add(texts.text("not-assessed", notAssessed, content.scores().size()));
        }
        if (content.leads() == 1) {
            lines.add(texts.text("not-assessed.leads"));
        }
        if (!flags.details("FLAT_LEAD").isEmpty()) {
            lines.add(texts.text("not-assessed.flat", String.join(", ", flags.details("FLAT_LEAD"))));
        }
        lines.add(texts.text("not-assessed.comparison"));
        lines.add(texts.text("silence")
                + (content.withoutLabel().isEmpty()
                        ? ""
                        : " "
                                + texts.text(
                                        "silence.names",
                                        content.withoutLabel().stream()
                                                .map(name -> texts.language()
                                                        .nameOf(name)
                                                        .orElse(name))
                                                .collect(Collectors.joining("; ")))));
        return lines;
    }

    private List<String> signal() {
        List<String> lines = new ArrayList<>();
        double seconds = Math.round(content.recording().seconds() * 100) / 100.0;
        lines.add(texts.text(
                "recording",
                texts.decimal(Numbers.exact(seconds).toPlainString()),
                texts.text(content.leads() == 1 ? "recording.leads.1" : "recording.leads.12"),
                content.modelName()));
        lines.add(frame.effective()
                .map(time -> texts.text("recording.time", time(time)))
                .orElseGet(() -> texts.text("recording.no-time")));
        if (frame.subject().isEmpty()) {
            lines.add(texts.text("recording.no-subject"));
        }
        lines.addAll(flags.ofSignal());
        return lines;
    }

    /** As received, without fractions of a second. */
    private static String time(Type time) {
        DateTimeType start = time instanceof Period period
                ? (period.hasStart() ? period.getStartElement() : period.getEndElement())
                : (DateTimeType) time;
        return start.getValueAsString().replaceFirst("\\.\\d+", "").replace('T', ' ');
    }
}
