package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.AlertLevel;
import dev.ecgfhir.terminology.Coding;
import dev.ecgfhir.terminology.Equivalence;
import dev.ecgfhir.terminology.LabelGroup;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.SiteOverlay;
import dev.ecgfhir.terminology.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a site's overlay and checks it whole. Comma-separated text in UTF-8: {@code # overlay NAME VERSION}, the columns, then rows of kind
 * {@code coding} (system, code, display, equivalence), {@code display} (display, language), {@code alert} (code: critical, urgent or
 * routine) or {@code no-snomed-ct}.
 */
public final class OverlayFile {
    private static final Pattern TITLE = Pattern.compile("# overlay ([A-Za-z0-9-]{1,50}) ([0-9]+\\.[0-9]+\\.[0-9]+)");
    private static final List<String> COLUMNS =
            List.of("kind", "label", "system", "code", "display", "equivalence", "language");
    private static final Pattern URI = Pattern.compile("(https?://|urn:)[^\\s|]+");
    private static final Pattern CODE = Pattern.compile("[^\\s]+( [^\\s]+)*");

    private final String name;
    private final LabelMap labels;
    private final Map<String, List<Target>> codings = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> displays = new LinkedHashMap<>();
    private final Map<String, AlertLevel> alerts = new LinkedHashMap<>();
    private final Set<String> withoutSnomedCt = new HashSet<>();
    private final List<LabelMapProblem> problems = new ArrayList<>();

    private OverlayFile(String name, LabelMap labels) {
        this.name = name;
        this.labels = labels;
    }

    /**
     * Reads an overlay.
     *
     * @param file the file
     * @param labels the labels that exist
     * @throws LabelMapException if it cannot be read or anything in it is wrong; names every mistake with its line
     */
    public static SiteOverlay read(Path file, LabelMap labels) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString(), labels);
        } catch (IOException e) {
            throw new LabelMapException(
                    file.toString(),
                    List.of(new LabelMapProblem(1, "", "cannot be read as UTF-8 text (" + e.getMessage() + ")")));
        }
    }

    /**
     * Reads an overlay.
     *
     * @param text the whole file
     * @param file what to call it in messages
     * @param labels the labels that exist
     * @throws LabelMapException if anything in it is wrong; names every mistake with its line
     */
    public static SiteOverlay parse(String text, String file, LabelMap labels) {
        List<CsvRecord> records;
        try {
            records = CsvReader.read(text);
        } catch (IllegalArgumentException e) {
            throw new LabelMapException(file, List.of(new LabelMapProblem(1, "", String.valueOf(e.getMessage()))));
        }
        Matcher title =
                TITLE.matcher(records.isEmpty() ? "" : records.get(0).fields().get(0));
        if (!title.matches() || records.size() < 2 || !records.get(1).fields().equals(COLUMNS)) {
            throw new LabelMapException(
                    file,
                    List.of(new LabelMapProblem(
                            1,
                            "",
                            "must begin with '# overlay NAME VERSION', as '# overlay st-elsewhere 1.0.0', and the columns "
                                    + String.join(",", COLUMNS))));
        }
        OverlayFile reading = new OverlayFile(title.group(1) + "-" + title.group(2), labels);
        records.subList(2, records.size()).forEach(reading::read);
        if (!reading.problems.isEmpty()) {
            throw new LabelMapException(file, reading.problems);
        }
        return new SiteOverlay(
                reading.name, reading.codings, reading.displays, reading.alerts, reading.withoutSnomedCt);
    }

    private void read(CsvRecord row) {
        if (row.fields().size() != COLUMNS.size()) {
            problems.add(new LabelMapProblem(
                    row.line(),
                    "",
                    COLUMNS.size() + " fields expected, found " + row.fields().size()));
            return;
        }
        String label = row.fields().get(1);
        boolean known = labels.find(label).isPresent();
        require(row, known, "there is no such label; labels are compared whole and exactly");
        switch (row.fields().get(0)) {
            case "coding" -> coding(row, label);
            case "display" -> display(row, label);
            case "alert" -> alert(row, label);
            case "no-snomed-ct" -> {
                unused(row, 2, 3, 4, 5, 6);
                require(row, withoutSnomedCt.add(label), "the label is named so above already");
            }
            default ->
                require(
                        row,
                        false,
                        "kind must be coding, display, alert or no-snomed-ct, was '"
                                + row.fields().get(0) + "'");
        }
    }

    private void coding(CsvRecord row, String label) {
        List<String> f = row.fields();
        unused(row, 6);
        require(
                row,
                labels.find(label)
                        .filter(mapping ->
                                mapping.group() == LabelGroup.COMPARISON || mapping.group() == LabelGroup.MODIFIER)
                        .isEmpty(),
                "a label that compares or modifies asserts nothing by itself and gets no coding");
        require(
                row,
                URI.matcher(f.get(2)).matches(),
                "system must be an address (http, https or urn), was '" + f.get(2) + "'");
        require(
                row,
                CODE.matcher(f.get(3)).matches(),
                "code must be words with single spaces between, was '" + f.get(3) + "'");
        require(
                row,
                !f.get(2).equals(MapRow.SNOMED_CT) || SnomedConceptId.isWellFormed(f.get(3)),
                "code must be a SNOMED CT concept id, was '" + f.get(3) + "'");
        require(row, !f.get(4).isBlank(), "display is missing");
        Optional<Equivalence> equivalence = Stream.of(Equivalence.values())
                .filter(value -> value != Equivalence.UNMATCHED && value.code().equals(f.get(5)))
                .findFirst();
        require(
                row,
                equivalence.isPresent(),
                "equivalence must be equal, equivalent, wider, narrower, inexact or relatedto (the code relative to the label), was '"
                        + f.get(5) + "'");
        List<Target> given = codings.computeIfAbsent(label, none -> new ArrayList<>());
        require(
                row,
                given.stream()
                        .noneMatch(target -> target.coding().system().equals(f.get(2))
                                && target.coding().code().equals(f.get(3))),
                "the label has this code above already");
        equivalence.ifPresent(kind -> given.add(new Target(
                kind, new Coding(f.get(2), f.get(3), f.get(4)), "Given by the overlay " + name + " of this site.")));
    }

    private void display(CsvRecord row, String label) {
        List<String> f = row.fields();
        unused(row, 2, 3, 5);
        require(row, !f.get(4).isBlank(), "display is missing");
        require(
                row,
                SiteOverlay.isLanguage(f.get(6)),
                "language must be a tag such as de or de-CH, was '" + f.get(6) + "'");
        require(
                row,
                displays.computeIfAbsent(label, none -> new LinkedHashMap<>()).put(f.get(6), f.get(4)) == null,
                "the label has a display in '" + f.get(6) + "' above already");
    }

    private void alert(CsvRecord row, String label) {
        unused(row, 2, 4, 5, 6);
        Optional<AlertLevel> level = Stream.of(AlertLevel.values())
                .filter(value -> value.code().equals(row.fields().get(3)))
                .findFirst();
        require(
                row,
                level.isPresent(),
                "code must be critical, urgent or routine, was '" + row.fields().get(3) + "'");
        level.ifPresent(
                value -> require(row, alerts.put(label, value) == null, "the label has an alert level above already"));
    }

    private void unused(CsvRecord row, int... columns) {
        for (int column : columns) {
            require(
                    row,
                    row.fields().get(column).isEmpty(),
                    COLUMNS.get(column) + " must be empty on a row of kind "
                            + row.fields().get(0));
        }
    }

    private void require(CsvRecord row, boolean right, String otherwise) {
        if (!right) {
            problems.add(new LabelMapProblem(row.line(), row.fields().get(1), otherwise));
        }
    }
}
