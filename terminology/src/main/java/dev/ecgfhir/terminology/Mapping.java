package dev.ecgfhir.terminology;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one label means.
 *
 * @param index the network's output
 * @param label the label's name, as the reference publishes it
 * @param text wording for a reader, for example {@code Atrial fibrillation}
 * @param group kind of statement
 * @param alert how soon a person should see such an ECG
 * @param equivalence how {@code target} relates to the label
 * @param target the leading concept; empty if and only if {@code equivalence} is {@link Equivalence#UNMATCHED}
 * @param comment why; R4 wants one for narrower and inexact, we want one for unmatched too
 * @param further more concepts, where one does not say all that the label says; only beside a leading one
 */
public record Mapping(
        int index,
        String label,
        String text,
        LabelGroup group,
        AlertLevel alert,
        Equivalence equivalence,
        Optional<Coding> target,
        Optional<String> comment,
        List<Target> further) {
    /** Checks that a target is there exactly when one is claimed. */
    public Mapping {
        further = List.copyOf(further);
        if (target.isPresent() == (equivalence == Equivalence.UNMATCHED)) {
            throw new IllegalArgumentException("label '" + label + "' is " + equivalence.code() + " and has "
                    + (target.isPresent() ? "a target" : "no target"));
        }
        if (target.isEmpty() && !further.isEmpty()) {
            throw new IllegalArgumentException("label '" + label + "' has further targets and no leading one");
        }
    }

    /** Returns all targets, the leading one first; empty if the label is unmatched. */
    public List<Target> targets() {
        return Stream.concat(
                        target.stream().map(coding -> new Target(equivalence, coding, comment.orElse(""))),
                        further.stream())
                .toList();
    }

    /**
     * Returns the concepts that a report may assert when the label is positive.
     *
     * @return each target that is true wherever the label is true (equal, equivalent, wider); empty if the label must stay text
     */
    public List<Coding> assertable() {
        return targets().stream()
                .filter(each -> each.equivalence().mayBeAsserted())
                .map(Target::coding)
                .toList();
    }

    /** Returns this mapping with another wording and alert level. */
    Mapping withReading(String otherText, AlertLevel otherAlert) {
        return new Mapping(index, label, otherText, group, otherAlert, equivalence, target, comment, further);
    }

    /** Returns this mapping with other targets; unmatched, with the given comment, if there are none. */
    public Mapping withTargets(List<Target> targets, String commentIfNone) {
        if (targets.isEmpty()) {
            return new Mapping(
                    index,
                    label,
                    text,
                    group,
                    alert,
                    Equivalence.UNMATCHED,
                    Optional.empty(),
                    Optional.of(commentIfNone),
                    List.of());
        }
        Target first = targets.get(0);
        return new Mapping(
                index,
                label,
                text,
                group,
                alert,
                first.equivalence(),
                Optional.of(first.coding()),
                first.comment().isEmpty() ? Optional.empty() : Optional.of(first.comment()),
                targets.subList(1, targets.size()));
    }
}
