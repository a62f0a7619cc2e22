package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.ContradictionRule;
import dev.ecgfhir.terminology.Contradictions;
import dev.ecgfhir.terminology.LabelMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the table of contradictions and checks it whole.
 *
 * <p>Rows of kind {@code set} name a list of labels, {@code apart} says that the labels of one list exclude each other, {@code against}
 * that those of two lists do. Lists are separated by a semicolon and a space; {@code @NAME} stands for a set named above.
 */
public final class ContradictionFile {
    private static final String BUNDLED = "contradictions.csv";
    private static final List<String> COLUMNS =
            List.of("kind", "name", "first", "second", "yields", "unless", "reason");

    private final LabelMap labels;
    private final Map<String, List<String>> sets = new HashMap<>();
    private final List<ContradictionRule> rules = new ArrayList<>();
    private final List<LabelMapProblem> problems = new ArrayList<>();

    private ContradictionFile(LabelMap labels) {
        this.labels = labels;
    }

    /**
     * Reads the rules that come with this library.
     *
     * @param labels the labels that exist
     */
    public static Contradictions bundled(LabelMap labels) {
        return parse(TitledTable.bundled(BUNDLED), BUNDLED, labels);
    }

    /**
     * Reads rules.
     *
     * @param text the whole file
     * @param file what to call it in messages
     * @param labels the labels that exist
     * @throws LabelMapException if anything in it is wrong; names every mistake
     */
    public static Contradictions parse(String text, String file, LabelMap labels) {
        TitledTable table = TitledTable.parse(text, file, "contradictions", COLUMNS);
        ContradictionFile reading = new ContradictionFile(labels);
        table.rows().forEach(reading::read);
        if (!reading.problems.isEmpty()) {
            throw new LabelMapException(file, reading.problems);
        }
        return new Contradictions(table.version(), reading.rules);
    }

    private void read(CsvRecord row) {
        if (row.fields().size() != COLUMNS.size()) {
            problem(
                    row,
                    COLUMNS.size() + " fields expected, found " + row.fields().size());
            return;
        }
        String kind = row.fields().get(0);
        String name = row.fields().get(1);
        List<String> first = labels(row, 2);
        if (kind.equals("set")) {
            if (sets.put(name, first) != null) {
                problem(row, "set " + name + " stands above already");
            }
            return;
        }
        List<String> second = kind.equals("apart") ? first : labels(row, 3);
        List<String> yields = labels(row, 4);
        if (!kind.equals("apart") && !kind.equals("against")) {
            problem(row, "kind must be set, apart or against, was '" + kind + "'");
        }
        if (first.isEmpty() || second.isEmpty() || (kind.equals("apart") && first.size() < 2)) {
            problem(row, "a rule needs two labels at least");
        }
        if (yields.size() > 1 || !(first.size() == 1 ? first : pair(first, kind)).containsAll(yields)) {
            problem(
                    row,
                    "what yields must be in every pair of the rule, was '"
                            + row.fields().get(4) + "'");
        }
        if (row.fields().get(6).isBlank()) {
            problem(row, "reason is missing");
        }
        Optional<String> yielding = yields.stream().findFirst();
        rules.add(new ContradictionRule(
                name,
                first,
                second,
                yielding,
                Set.copyOf(labels(row, 5)),
                row.fields().get(6)));
    }

    /** Only where a list excludes itself and has two labels is each of them in every pair. */
    private static List<String> pair(List<String> first, String kind) {
        return kind.equals("apart") && first.size() == 2 ? first : List.of();
    }

    private List<String> labels(CsvRecord row, int column) {
        List<String> found = new ArrayList<>();
        String field = row.fields().get(column);
        for (String item : field.isEmpty() ? new String[0] : field.split("; ", -1)) {
            if (item.startsWith("@")) {
                List<String> set = sets.get(item.substring(1));
                if (set == null) {
                    problem(row, "no set " + item + " stands above");
                } else {
                    found.addAll(set);
                }
            } else if (labels.find(item).isEmpty()) {
                problem(row, "no label '" + item + "'");
            } else {
                found.add(item);
            }
        }
        return found;
    }

    private void problem(CsvRecord row, String reason) {
        problems.add(new LabelMapProblem(
                row.line(), row.fields().size() > 1 ? row.fields().get(1) : "", reason));
    }
}
