package dev.ecgfhir.terminology.map;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold between the rows; fed with them in order. Not for use by several threads. */
final class TableChecks {
    private final Map<String, Integer> lineOfLabel = new HashMap<>();
    private final Map<String, MapRow> firstOfCode = new HashMap<>();
    private int expectedIndex;
    private @Nullable MapRow above;

    /** Returns what is wrong with the row beside those before it; empty if it fits. */
    List<String> check(MapRow row) {
        List<String> reasons = new ArrayList<>();
        if (row.further()) {
            further(row, reasons);
        } else {
            first(row, reasons);
        }
        MapRow first = row.code().isEmpty() ? row : firstOfCode.computeIfAbsent(row.code(), code -> row);
        if (!facts(first).equals(facts(row))) {
            reasons.add("code " + row.code() + " has other facts here " + facts(row) + " than on line " + first.line()
                    + " " + facts(first));
        }
        return reasons;
    }

    private void further(MapRow row, List<String> reasons) {
        if (above == null
                || !above.label().equals(row.label())
                || !above.index().equals(row.index())) {
            reasons.add("a row without text, group and alert adds a target to the label above, which is another one");
        } else if (above.unmatched()) {
            reasons.add("the label above is unmatched, so it cannot have a further target");
        }
    }

    private void first(MapRow row, List<String> reasons) {
        above = row;
        if (!row.index().equals(Integer.toString(expectedIndex))) {
            reasons.add("indexes must be 0, 1, 2 ...: expected " + expectedIndex + ", was '" + row.index() + "'");
        }
        expectedIndex++;
        Integer before = lineOfLabel.putIfAbsent(row.label(), row.line());
        if (before != null) {
            reasons.add("the label stands on line " + before + " already");
        }
    }

    private static List<String> facts(MapRow row) {
        return List.of(row.display(), row.semanticTag(), row.source(), row.inGlobalPatientSet());
    }
}
