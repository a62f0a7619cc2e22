package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.Coding;
import dev.ecgfhir.terminology.Combination;
import dev.ecgfhir.terminology.Combinations;
import dev.ecgfhir.terminology.Equivalence;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the table of combinations and checks it whole. Lists in it are separated by a semicolon and a space. */
public final class CombinationFile {
    private static final String BUNDLED = "combinations.csv";
    private static final List<String> COLUMNS = List.of(
            "name",
            "label",
            "with",
            "unless",
            "text",
            "equivalence",
            "code",
            "display",
            "semanticTag",
            "source",
            "inGlobalPatientSet",
            "comment");

    private final LabelMap labels;
    private final List<Combination> combinations = new ArrayList<>();
    private final List<LabelMapProblem> problems = new ArrayList<>();

    private CombinationFile(LabelMap labels) {
        this.labels = labels;
    }

    /**
     * Reads the combinations that come with this library.
     *
     * @param labels the labels that exist
     */
    public static Combinations bundled(LabelMap labels) {
        return parse(TitledTable.bundled(BUNDLED), BUNDLED, labels);
    }

    /**
     * Reads combinations.
     *
     * @param text the whole file
     * @param file what to call it in messages
     * @param labels the labels that exist
     * @throws LabelMapException if anything in it is wrong; names every mistake
     */
    public static Combinations parse(String text, String file, LabelMap labels) {
        TitledTable table = TitledTable.parse(text, file, "combinations", COLUMNS);
        CombinationFile reading = new CombinationFile(labels);
        table.rows().forEach(reading::read);
        if (!reading.problems.isEmpty()) {
            throw new LabelMapException(file, reading.problems);
        }
        return new Combinations(table.version(), reading.combinations);
    }

    private void read(CsvRecord row) {
        List<String> f = row.fields();
        if (f.size() != COLUMNS.size()) {
            problem(row, COLUMNS.size() + " fields expected, found " + f.size());
            return;
        }
        int before = problems.size();
        Optional<Equivalence> equivalence = Stream.of(Equivalence.values())
                .filter(value -> value.code().equals(f.get(5)))
                .findFirst();
        require(row, !f.get(0).isBlank(), "name is missing");
        require(row, labels(row, 1).size() == 1, "label must be one label, was '" + f.get(1) + "'");
        require(row, !labels(row, 2).isEmpty(), "with is missing");
        require(row, !f.get(4).isBlank(), "text is missing");
        require(
                row,
                equivalence.filter(Equivalence::mayBeAsserted).isPresent(),
                "equivalence must be equal, equivalent or wider, was '" + f.get(5) + "'");
        require(
                row,
                SnomedConceptId.isWellFormed(f.get(6)),
                "code must be a SNOMED CT concept id, was '" + f.get(6) + "'");
        require(row, !f.get(7).isBlank(), "display is missing");
        require(
                row,
                Set.of("", "finding", "disorder").contains(f.get(8)),
                "semanticTag must be finding or disorder, was '" + f.get(8) + "'");
        require(row, !f.get(9).isBlank(), "source is missing");
        require(
                row,
                Set.of("true", "false").contains(f.get(10)),
                "inGlobalPatientSet must be true or false, was '" + f.get(10) + "'");
        require(row, !f.get(11).isBlank(), "comment is missing");
        if (problems.size() == before) {
            combinations.add(new Combination(
                    f.get(0),
                    f.get(1),
                    labels(row, 2),
                    Set.copyOf(labels(row, 3)),
                    f.get(4),
                    new ReviewedTarget(
                            new Target(
                                    equivalence.orElseThrow(),
                                    new Coding(MapRow.SNOMED_CT, f.get(6), f.get(7)),
                                    f.get(11)),
                            f.get(8),
                            List.of(f.get(9).split("; ", -1)),
                            Boolean.parseBoolean(f.get(10)))));
        }
    }

    private List<String> labels(CsvRecord row, int column) {
        String field = row.fields().get(column);
        List<String> found = field.isEmpty() ? List.of() : List.of(field.split("; ", -1));
        found.stream()
                .filter(label -> labels.find(label).isEmpty())
                .forEach(label -> problem(row, "no label '" + label + "'"));
        return found;
    }

    private void require(CsvRecord row, boolean right, String otherwise) {
        if (!right) {
            problem(row, otherwise);
        }
    }

    private void problem(CsvRecord row, String reason) {
        problems.add(new LabelMapProblem(row.line(), row.fields().get(0), reason));
    }
}
