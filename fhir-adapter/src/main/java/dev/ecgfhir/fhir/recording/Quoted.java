package dev.ecgfhir.fhir.recording;

/**
 * Quotes a short technical word of the input for a message. Anything that could carry more than a unit, a code or an address is described
 * instead of quoted: messages go to logs.
 */
final class Quoted {
    private static final int LONGEST = 100;

    private Quoted() {}

    static String of(String word) {
        boolean plain = word.chars().allMatch(c -> (c > ' ' && c < 127) || c == '\u00B5' || c == '\u03BC');
        return plain && word.length() <= LONGEST ? "'" + word + "'" : "a text of " + word.length() + " characters";
    }
}
