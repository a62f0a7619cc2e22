package dev.ecgfhir.pipeline;

import dev.ecgfhir.terminology.LabelGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Findings that cannot both be true. Nothing is dropped: each such pair stays and gets a flag, so that a person decides.
 *
 * <p>The rules are few and plain; they compare whole label names:
 *
 * <ul>
 *   <li>a normal ECG is neither abnormal nor has an arrhythmia, a pacemaker, a complete block, pre-excitation, an infarct or a
 *       hypertrophy; slow or breathing-dependent sinus rhythm can be normal;
 *   <li>of two basic rhythms only one is there at a time, and a sinus rhythm is not slow and fast at once. Tachycardias that come in
 *       runs may stand beside a basic rhythm;
 *   <li>the axis points to one side;
 *   <li>a bundle branch is blocked wholly or in part, and one block of both branches has a name of its own.
 * </ul>
 *
 * <p>In a recording of several windows a pair only counts if both are positive in the same window, since a rhythm may change.
 */
final class Contradictions {
    private static final String NORMAL = "NORMAL ECG";
    private static final Set<LabelGroup> NEVER_NORMAL =
            Set.of(LabelGroup.PACING, LabelGroup.INFARCT_ISCHAEMIA, LabelGroup.HYPERTROPHY);
    private static final Set<String> NORMAL_RHYTHMS =
            Set.of("NORMAL SINUS RHYTHM", "SINUS RHYTHM", "SINUS BRADYCARDIA", "WITH SINUS ARRHYTHMIA");

    /** Each list holds sets; two labels out of different sets of one list contradict each other. */
    private static final List<List<Set<String>>> EXCLUSIVE = List.of(
            List.of(
                    Set.of(NORMAL),
                    Set.of(
                            "ABNORMAL ECG",
                            "RIGHT BUNDLE BRANCH BLOCK",
                            "LEFT BUNDLE BRANCH BLOCK",
                            "BIFASCICULAR BLOCK",
                            "WITH COMPLETE HEART BLOCK",
                            "WOLFF-PARKINSON-WHITE")),
            List.of(
                    Set.of(
                            "NORMAL SINUS RHYTHM",
                            "SINUS RHYTHM",
                            "SINUS BRADYCARDIA",
                            "MARKED SINUS BRADYCARDIA",
                            "SINUS TACHYCARDIA",
                            "WITH SINUS ARRHYTHMIA",
                            "WITH MARKED SINUS ARRHYTHMIA"),
                    Set.of("ATRIAL FIBRILLATION"),
                    Set.of("ATRIAL FLUTTER"),
                    Set.of("ECTOPIC ATRIAL RHYTHM"),
                    Set.of("JUNCTIONAL RHYTHM", "JUNCTIONAL BRADYCARDIA"),
                    Set.of("IDIOVENTRICULAR RHYTHM"),
                    Set.of("UNDETERMINED RHYTHM")),
            List.of(
                    Set.of("NORMAL SINUS RHYTHM"),
                    Set.of("SINUS BRADYCARDIA", "MARKED SINUS BRADYCARDIA"),
                    Set.of("SINUS TACHYCARDIA")),
            List.of(
                    Set.of("LEFT AXIS DEVIATION", "LEFTWARD AXIS", "ABNORMAL LEFT AXIS DEVIATION"),
                    Set.of("RIGHT AXIS DEVIATION", "RIGHTWARD AXIS", "ABNORMAL RIGHT AXIS DEVIATION"),
                    Set.of("RIGHT SUPERIOR AXIS DEVIATION")),
            List.of(
                    Set.of("RIGHT BUNDLE BRANCH BLOCK"),
                    Set.of("INCOMPLETE RIGHT BUNDLE BRANCH BLOCK"),
                    Set.of("LEFT BUNDLE BRANCH BLOCK"),
                    Set.of("INCOMPLETE LEFT BUNDLE BRANCH BLOCK")));

    private Contradictions() {}

    /**
     * Finds contradictions.
     *
     * @param findings in reading order
     * @return one flag {@code CONTRADICTION:FIRST LABEL, SECOND LABEL} for each pair, in the order of the findings
     */
    static List<String> flags(List<Finding> findings) {
        List<String> flags = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            for (int j = i + 1; j < findings.size(); j++) {
                Finding first = findings.get(i);
                Finding second = findings.get(j);
                if (together(first, second) && contradict(first, second)) {
                    flags.add("CONTRADICTION:" + first.label().name() + ", "
                            + second.label().name());
                }
            }
        }
        return flags;
    }

    private static boolean together(Finding first, Finding second) {
        return first.seconds().isEmpty()
                || second.seconds().isEmpty()
                || first.seconds().stream().anyMatch(second.seconds()::contains);
    }

    private static boolean contradict(Finding first, Finding second) {
        String one = first.label().name();
        String two = second.label().name();
        if ((one.equals(NORMAL) && neverNormal(second)) || (two.equals(NORMAL) && neverNormal(first))) {
            return true;
        }
        for (List<Set<String>> exclusive : EXCLUSIVE) {
            int in = setOf(one, exclusive);
            int other = setOf(two, exclusive);
            if (in >= 0 && other >= 0 && in != other) {
                return true;
            }
        }
        return false;
    }

    private static boolean neverNormal(Finding finding) {
        return NEVER_NORMAL.contains(finding.mapping().group())
                || (finding.mapping().group() == LabelGroup.RHYTHM
                        && !NORMAL_RHYTHMS.contains(finding.label().name()));
    }

    private static int setOf(String label, List<Set<String>> exclusive) {
        for (int i = 0; i < exclusive.size(); i++) {
            if (exclusive.get(i).contains(label)) {
                return i;
            }
        }
        return -1;
    }
}
