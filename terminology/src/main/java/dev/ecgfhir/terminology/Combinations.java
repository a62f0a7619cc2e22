package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.CombinationFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which labels together have a concept of their own: modifiers are applied to what they modify, and stay text where there is no such
 * concept. Immutable and safe to share between threads.
 */
public final class Combinations {
    private final String version;
    private final List<Combination> all;

    /**
     * Makes a table.
     *
     * @param version its version
     * @param all combinations, in the order in which they are told
     */
    public Combinations(String version, List<Combination> all) {
        this.version = version;
        this.all = List.copyOf(all);
    }

    /**
     * Returns the combinations that come with this library.
     *
     * @param scope which concepts they may give
     */
    public static Combinations bundled(ConceptScope scope) {
        return new Combinations(
                Bundled.TABLE.version,
                Bundled.TABLE.all.stream()
                        .filter(combination -> scope.allows(combination.target()))
                        .toList());
    }

    /** Returns the table's version. */
    public String version() {
        return version;
    }

    /** Returns the combinations. */
    public List<Combination> all() {
        return all;
    }

    /**
     * Finds what holds among positive labels.
     *
     * @param labels the positive labels, whole names; unknown ones are passed over
     * @return each combination that holds, in the order of the table
     */
    public List<Combined> among(Collection<String> labels) {
        Set<String> positive = Set.copyOf(labels);
        List<Combined> found = new ArrayList<>();
        for (Combination combination : all) {
            combination
                    .partner(positive)
                    .ifPresent(partner -> found.add(new Combined(
                            combination.name(),
                            combination.label(),
                            partner,
                            combination.text(),
                            combination.target().target().equivalence(),
                            combination.target().target().coding())));
        }
        return found;
    }

    /** The bundled table, read when first asked for. */
    private static final class Bundled {
        static final Combinations TABLE = CombinationFile.bundled(Terminology.labelMap());
    }
}
