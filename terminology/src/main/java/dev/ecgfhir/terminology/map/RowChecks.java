package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.Equivalence;
import dev.ecgfhir.terminology.LabelGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must hold for each row by itself. */
final class RowChecks {
    /** The kinds of concept that can be asserted of a patient's ECG. An observable entity is a question, a procedure is an act. */
    private static final Set<String> TAGS = Set.of("finding", "disorder");

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final Pattern FHIR_CODE = Pattern.compile("[^\\s]+( [^\\s]+)*");

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
        if (row.further() && row.unmatched()) {
            checks.reasons.add("a row that adds a target cannot be unmatched");
        } else if (row.unmatched()) {
            checks.noTarget();
        } else {
            checks.target();
        }
        return checks.reasons;
    }

    // Messages are put together only where something is wrong: the table is read at every start of the program.

    private void label() {
        if (!INDEX.matcher(row.index()).matches()) {
            reasons.add("index must be a whole number, was '" + row.index() + "'");
        }
        if (!FHIR_CODE.matcher(row.label()).matches()) {
            reasons.add("label must be a FHIR code: words with single spaces between, was '" + row.label() + "'");
        }
        if (row.further()) {
            return;
        }
        if (row.text().isBlank()) {
            reasons.add("text is missing");
        }
        if (row.labelGroup().isEmpty()) {
            reasons.add("group must be one of " + Arrays.toString(LabelGroup.values()) + ", was '" + row.group() + "'");
        }
        if (row.level().isEmpty()) {
            reasons.add("alert must be critical, urgent or routine, was '" + row.alert() + "'");
        }
        if (row.alertSource().isBlank()) {
            reasons.add("alertSource is missing; it is default for a routine level that no guidance raises");
        } else if (row.alertSource().equals("default") && !row.alert().equals("routine")) {
            reasons.add("a level that is not routine needs an alertSource other than default");
        }
    }

    private void words() {
        Optional<Equivalence> kind = row.kind();
        if (kind.isEmpty()) {
            String known =
                    Arrays.stream(Equivalence.values()).map(Equivalence::code).collect(Collectors.joining(", "));
            reasons.add("equivalence must be one of " + known + ", was '" + row.equivalence() + "'");
        } else if (!kind.get().sameMeaning() && row.comment().isBlank()) {
            reasons.add("a row that is " + row.equivalence() + " needs a comment that says why");
        }
    }

    private void noTarget() {
        if (!row.code().isEmpty()
                || !row.display().isEmpty()
                || !row.semanticTag().isEmpty()
                || !row.source().isEmpty()
                || !row.inGlobalPatientSet().isEmpty()) {
            reasons.add("an unmatched row has no code, display, semanticTag, source and inGlobalPatientSet");
        }
    }

    private void target() {
        if (row.group().equals(LabelGroup.COMPARISON.name()) || row.group().equals(LabelGroup.MODIFIER.name())) {
            reasons.add("a row of group " + row.group() + " must be unmatched: it asserts nothing by itself");
        }
        if (!SnomedConceptId.isWellFormed(row.code())) {
            reasons.add("code must be a SNOMED CT concept id, was '" + row.code() + "'");
        }
        if (row.display().isBlank()) {
            reasons.add("display is missing");
        }
        if (!row.semanticTag().isEmpty() && !TAGS.contains(row.semanticTag())) {
            reasons.add("semanticTag must be finding or disorder, was '" + row.semanticTag() + "'");
        }
        if (row.source().isBlank()) {
            reasons.add("source is missing");
        }
        if (!row.inGlobalPatientSet().equals("true")
                && !row.inGlobalPatientSet().equals("false")) {
            reasons.add("inGlobalPatientSet must be true or false, was '" + row.inGlobalPatientSet() + "'");
        }
        if (row.inGlobalPatientSet().equals("true") && row.semanticTag().isEmpty()) {
            reasons.add("semanticTag is missing; the Global Patient Set states it");
        }
    }
}
