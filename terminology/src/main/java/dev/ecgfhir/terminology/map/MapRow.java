package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.Coding;
import dev.ecgfhir.terminology.Equivalence;
import dev.ecgfhir.terminology.LabelGroup;
import dev.ecgfhir.terminology.Mapping;
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
        String comment) {
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
                f.get(10));
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

    boolean unmatched() {
        return equivalence.equals(Equivalence.UNMATCHED.code());
    }

    /** Returns the row as a value; only for a row that {@link RowChecks} accepted. */
    ReviewedMapping reviewed() {
        Mapping mapping = new Mapping(
                Integer.parseInt(index),
                label,
                text,
                labelGroup().orElseThrow(),
                kind().orElseThrow(),
                unmatched() ? Optional.empty() : Optional.of(new Coding(SNOMED_CT, code, display)),
                comment.isEmpty() ? Optional.empty() : Optional.of(comment));
        return new ReviewedMapping(
                mapping,
                semanticTag,
                unmatched() ? List.of() : List.of(source.split("; ", -1)),
                Boolean.parseBoolean(inGlobalPatientSet));
    }
}
