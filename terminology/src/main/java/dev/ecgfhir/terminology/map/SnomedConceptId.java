package dev.ecgfhir.terminology.map;

import java.util.regex.Pattern;

/**
 * Says whether a text is a well-formed SNOMED CT concept id. Well formed is not yet active, nor yet meaning what somebody says it means.
 *
 * <h2>References</h2>
 * SNOMED CT Release File Specification, SCTID: 6 to 18 digits, no leading zero; the last is Verhoeff's check digit, the two before it
 * are the partition, {@code 00} for concepts of the International Edition and {@code 10} for those of an extension. J. Verhoeff, Error
 * detecting decimal codes, Mathematical Centre Tracts 29, Amsterdam 1969.
 */
public final class SnomedConceptId {
    /** Verhoeff's permutation, applied to a digit as often as its place from the right says. */
    private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{5,17}");

    private SnomedConceptId() {}

    /**
     * Tells whether the text is a well-formed concept id.
     *
     * @param id the text
     * @return true if length, digits, partition and check digit are right
     */
    public static boolean isWellFormed(String id) {
        if (!DIGITS.matcher(id).matches()) {
            return false;
        }
        String partition = id.substring(id.length() - 3, id.length() - 1);
        return (partition.equals("00") || partition.equals("10")) && checkDigitFits(id);
    }

    private static boolean checkDigitFits(String digits) {
        int sum = 0;
        for (int place = 0; place < digits.length(); place++) {
            int digit = digits.charAt(digits.length() - 1 - place) - '0';
            for (int times = place % 8; times > 0; times--) {
                digit = PERMUTATION[digit];
            }
            sum = multiply(sum, digit);
        }
        return sum == 0;
    }

    /** Multiplication in the dihedral group D5: 0..4 are rotations, 5..9 reflections. */
    private static int multiply(int a, int b) {
        if (a < 5) {
            return b < 5 ? (a + b) % 5 : (a + b - 5) % 5 + 5;
        }
        return b < 5 ? Math.floorMod(a - 5 - b, 5) + 5 : Math.floorMod(a - b, 5);
    }
}
