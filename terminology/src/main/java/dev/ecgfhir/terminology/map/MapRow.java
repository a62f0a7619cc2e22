package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.AlertLevel;
import dev.ecgfhir.terminology.Coding;
import dev.ecgfhir.terminology.Equivalence;
import dev.ecgfhir.terminology.LabelGroup;
import dev.ecgfhir.terminology.Mapping;
import dev.ecgfhir.terminology.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One row as it stands in the file, not yet checked. */
record MapRow(
        int line,
        String index,
        String label,
        String text,
        String group,
        String equivalence,
        String code,
        String display,
        String semanticTag,
        String source,
        String inGlobalPatientSet,
        String comment,
        String alert,
        String alertSource) {
    static final String SNOMED_CT = "http://snomed.info/sct";

    static MapRow of(CsvRecord record) {
        List<String> f = record.fields();
        return new MapRow(
                record.line(),
                f.get(0),
                f.get(1),
                f.get(2),
                f.get(3),
                f.get(4),
                f.get(5),
                f.get(6),
                f.get(7),
                f.get(8),
                f.get(9),
                f.get(10),
                f.get(11),
                f.get(12));
    }

    Optional<LabelGroup> labelGroup() {
        for (LabelGroup value : LabelGroup.values()) {
            if (value.name().equals(group)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    Optional<Equivalence> kind() {
        for (Equivalence value : Equivalence.values()) {
            if (value.code().equals(equivalence)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    Optional<AlertLevel> level() {
        for (AlertLevel value : AlertLevel.values()) {
            if (value.code().equals(alert)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Tells whether this row adds a target to the label above. */
    boolean further() {
        return text.isEmpty() && group.isEmpty() && alert.isEmpty() && alertSource.isEmpty();
    }

    boolean unmatched() {
        return equivalence.equals(Equivalence.UNMATCHED.code());
    }

    /** Returns the row as a value; only for a row that {@link RowChecks} accepted. */
    ReviewedMapping reviewed() {
        Mapping unmatched = new Mapping(
                Integer.parseInt(index),
                label,
                text,
                labelGroup().orElseThrow(),
                level().orElseThrow(),
                Equivalence.UNMATCHED,
                Optional.empty(),
                Optional.of(comment),
                List.of());
        ReviewedMapping empty = new ReviewedMapping(unmatched, List.of(), alertSource);
        return unmatched() ? empty : addTo(empty);
    }

    /** Returns the mapping of the label above with this row's target added; only for a row that {@link RowChecks} accepted. */
    ReviewedMapping addTo(ReviewedMapping above) {
        List<ReviewedTarget> targets = new ArrayList<>(above.targets());
        targets.add(new ReviewedTarget(
                new Target(kind().orElseThrow(), new Coding(SNOMED_CT, code, display), comment),
                semanticTag,
                List.of(source.split("; ", -1)),
                Boolean.parseBoolean(inGlobalPatientSet)));
        Mapping mapping = above.mapping()
                .withTargets(targets.stream().map(ReviewedTarget::target).toList(), "");
        return new ReviewedMapping(mapping, targets, above.alertSource());
    }
}
