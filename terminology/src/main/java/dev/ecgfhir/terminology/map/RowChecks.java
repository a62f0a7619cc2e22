package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.Equivalence;
import dev.ecgfhir.terminology.LabelGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold for each row by itself. */
final class RowChecks {
    /** The kinds of concept that can be asserted of a patient's ECG. An observable entity is a question, a procedure is an act. */
    private static final Set<String> TAGS = Set.of("finding", "disorder");

    private final MapRow row;
    private final List<String> reasons = new ArrayList<>();

    private RowChecks(MapRow row) {
        this.row = row;
    }

    /** Returns what is wrong with the row, each with what was expected; empty if it is right. */
    static List<String> check(MapRow row) {
        RowChecks checks = new RowChecks(row);
        checks.label();
        checks.words();
        if (row.unmatched()) {
            checks.noTarget();
        } else {
            checks.target();
        }
        return checks.reasons;
    }

    private void label() {
        require(row.index().matches("0|[1-9][0-9]{0,4}"), "index must be a whole number, was '" + row.index() + "'");
        require(
                row.label().matches("[^\\s]+( [^\\s]+)*"),
                "label must be a FHIR code: words with single spaces between, was '" + row.label() + "'");
        require(!row.text().isBlank(), "text is missing");
        require(
                row.labelGroup().isPresent(),
                "group must be one of " + Arrays.toString(LabelGroup.values()) + ", was '" + row.group() + "'");
    }

    private void words() {
        require(
                row.kind().isPresent(),
                "equivalence must be one of "
                        + Arrays.stream(Equivalence.values())
                                .map(Equivalence::code)
                                .collect(Collectors.joining(", "))
                        + ", was '" + row.equivalence() + "'");
        boolean same = row.kind().filter(Equivalence::sameMeaning).isPresent();
        require(
                same || !row.comment().isBlank(),
                "a row that is " + row.equivalence() + " needs a comment that says why");
    }

    private void noTarget() {
        require(
                (row.code() + row.display() + row.semanticTag() + row.source() + row.inGlobalPatientSet()).isEmpty(),
                "an unmatched row has no code, display, semanticTag, source and inGlobalPatientSet");
    }

    private void target() {
        require(
                !row.group().equals(LabelGroup.COMPARISON.name())
                        && !row.group().equals(LabelGroup.MODIFIER.name()),
                "a row of group " + row.group() + " must be unmatched: it asserts nothing by itself");
        require(
                SnomedConceptId.isWellFormed(row.code()),
                "code must be a SNOMED CT concept id, was '" + row.code() + "'");
        require(!row.display().isBlank(), "display is missing");
        require(
                row.semanticTag().isEmpty() || TAGS.contains(row.semanticTag()),
                "semanticTag must be finding or disorder, was '" + row.semanticTag() + "'");
        require(!row.source().isBlank(), "source is missing");
        require(
                row.inGlobalPatientSet().matches("true|false"),
                "inGlobalPatientSet must be true or false, was '" + row.inGlobalPatientSet() + "'");
        require(
                !row.inGlobalPatientSet().equals("true") || !row.semanticTag().isEmpty(),
                "semanticTag is missing; the Global Patient Set states it");
    }

    private void require(boolean holds, String reason) {
        if (!holds) {
            reasons.add(reason);
        }
    }
}
