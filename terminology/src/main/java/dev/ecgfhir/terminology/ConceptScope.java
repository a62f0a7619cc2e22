package dev.ecgfhir.terminology;

import dev.ecgfhir.terminology.map.ReviewedMapping;
import dev.ecgfhir.terminology.map.ReviewedTarget;
import java.util.List;
import java.util.regex.Pattern;

/** Which SNOMED CT concepts a site may use. */
public enum ConceptScope {
    /** All of them; needs a SNOMED CT Affiliate licence (no charge in member countries). */
    ALL,
    /** Only members of the SNOMED International Global Patient Set, which anybody may use (CC BY 4.0). */
    GLOBAL_PATIENT_SET;

    private static final String OUTSIDE =
            "The concept is outside the SNOMED CT Global Patient Set, to which this map is limited.";

    /** Ids that comments name to say why they were turned down. */
    private static final Pattern ID = Pattern.compile("\\b[0-9]{6,18}\\b ?");

    /** Tells whether a target may be used. */
    boolean allows(ReviewedTarget target) {
        return this == ALL || target.inGlobalPatientSet();
    }

    /**
     * Returns the targets of a row that this scope allows. The first one leads: where it is left out, so are all, since the others say
     * only the rest.
     *
     * @param row the row
     */
    List<ReviewedTarget> targets(ReviewedMapping row) {
        List<ReviewedTarget> all = row.targets();
        return all.isEmpty() || !allows(all.get(0))
                ? List.of()
                : all.stream().filter(this::allows).toList();
    }

    /**
     * Returns a row's mapping as this scope allows it.
     *
     * @param row the row
     * @return its mapping; unmatched, with a comment that says why, if its concept is outside
     */
    public Mapping narrow(ReviewedMapping row) {
        if (this == ALL) {
            return row.mapping();
        }
        String none = row.targets().isEmpty() ? row.mapping().comment().orElse("") : OUTSIDE;
        List<Target> left = targets(row).stream()
                .map(each -> new Target(
                        each.target().equivalence(),
                        each.target().coding(),
                        comment(each.target().comment())))
                .toList();
        return row.mapping().withTargets(left, comment(none));
    }

    /** Takes ids out of a comment where they may not be used: they name concepts that were turned down. */
    String comment(String comment) {
        return this == ALL ? comment : ID.matcher(comment).replaceAll("");
    }
}
