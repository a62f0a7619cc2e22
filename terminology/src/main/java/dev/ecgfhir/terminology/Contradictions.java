package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ContradictionFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which labels contradict each other, by rules that do not look at scores: a statement of normality gives way to an abnormal one, and
 * otherwise neither gives way. Immutable and safe to share between threads.
 */
public final class Contradictions {
    private final String version;
    private final List<ContradictionRule> rules;

    /**
     * Makes a set of rules.
     *
     * @param version the rules' version
     * @param rules the rules, in the order in which they are told
     */
    public Contradictions(String version, List<ContradictionRule> rules) {
        this.version = version;
        this.rules = List.copyOf(rules);
    }

    /** Returns the rules that come with this library. */
    public static Contradictions bundled() {
        return Bundled.RULES;
    }

    /** Returns the rules' version. */
    public String version() {
        return version;
    }

    /** Returns the rules. */
    public List<ContradictionRule> rules() {
        return rules;
    }

    /**
     * Finds what contradicts itself among positive labels.
     *
     * @param labels the positive labels, whole names; unknown ones are passed over
     * @return each contradicting pair once, in the order of the rules
     */
    public List<Contradiction> among(Collection<String> labels) {
        Set<String> positive = Set.copyOf(labels);
        Set<Set<String>> told = new HashSet<>();
        List<Contradiction> found = new ArrayList<>();
        for (ContradictionRule rule : rules) {
            for (Contradiction pair : rule.among(positive)) {
                if (told.add(Set.of(pair.first(), pair.second()))) {
                    found.add(pair);
                }
            }
        }
        return found;
    }

    /** The bundled rules, read when first asked for. */
    private static final class Bundled {
        static final Contradictions RULES = ContradictionFile.bundled(Terminology.labelMap());
    }
}
