package dev.ecgfhir.fhir.recording;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a lead's name from a display or a text: {@code aVR}, {@code Lead II}, {@code Ableitung V1}, {@code MDC_ECG_ELEC_POTL_AVF}.
 *
 * <p>The whole text must be a name, in any case, with nothing but the words for "lead" and "ECG" around it; a name inside other words
 * is none. {@code C1} to {@code C6} are the chest leads' other name (IEC 60601-2-25), {@code DI} to {@code DIII} the limb leads' one in
 * Romance languages. {@code Lead 1} is not read: it may as well be a channel number.
 *
 * <p>Immutable; safe to share between threads.
 */
public final class LeadNames {
    private static final int LONGEST = 64;
    private static final String ECG = "(?:ECG|EKG|ELECTROCARDIOGRA(?:M|PHIC))";
    private static final String LEAD =
            "(?:LEAD|ABLEITUNG|BRUSTWANDABLEITUNG|EXTREMITÄTENABLEITUNG|AFLEIDING|D[EÉ]RIVATION|DERIVACI[OÓ]N|DERIVAÇÃO|DERIVAZIONE)";
    private static final String NAME = "(I{1,3}|DI{1,3}|AV[RLF]|[VC][1-6]|V[7-9]|V[2-9]R|[XYZV]|MCL[1-6]?|MLI{1,3})";
    private static final Pattern REFERENCE_ID = Pattern.compile("MDC_ECG_(?:ELEC_POTL|LEAD)_" + NAME);
    private static final Pattern PHRASE = Pattern.compile("(?:" + ECG + "[ _:-]*)?(?:" + LEAD + "[ _:]+|" + LEAD
            + "-(?!AVR))?" + NAME + "(?: " + LEAD + ")?(?: " + ECG + ")?");
    private static final Pattern MINUS_AVR = Pattern.compile("(?:" + ECG + " )?(?:" + LEAD + " )?"
            + "(?:- ?AVR|(?:MINUS|INVERTED|NEGATIVE) AVR|AVR[ ,]+\\(?(?:INVERTED|NEGATIVE)\\)?)");

    private LeadNames() {}

    /**
     * Reads a name.
     *
     * @param text a display, a code's text or a signal's description
     * @return the lead, empty if the text is none of the twelve; another lead, and aVR with the sign changed, are none
     */
    public static Optional<Lead> standardLead(String text) {
        return parse(text).filter(statement -> !statement.inverted()).flatMap(LeadStatement::lead);
    }

    static Optional<LeadStatement> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String plain =
                text.strip().replace('\u2212', '-').replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
        if (MINUS_AVR.matcher(plain).matches()) {
            return Optional.of(LeadStatement.of("-aVR"));
        }
        Matcher match = REFERENCE_ID.matcher(plain);
        if (!match.matches()) {
            match = PHRASE.matcher(plain);
            if (!match.matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(LeadStatement.of(spelling(match.group(1))));
    }

    private static String spelling(String name) {
        if (name.startsWith("AV")) {
            return "aV" + name.charAt(2);
        }
        if (name.startsWith("C")) {
            return "V" + name.substring(1);
        }
        return name.startsWith("D") ? name.substring(1) : name;
    }
}
