package dev.ecgfhir.fhir.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The languages in which reports can be written. */
public enum ReportLanguage {
    /** English. */
    ENGLISH("en"),
    /** German. */
    GERMAN("de"),
    /** French. */
    FRENCH("fr");

    private final String tag;

    ReportLanguage(String tag) {
        this.tag = tag;
    }

    /** Returns the language's BCP 47 tag, as settings and resources carry it. */
    public String tag() {
        return tag;
    }

    /**
     * Returns what a finding is called in this language.
     *
     * @param english the terminology's own wording
     * @return empty if there is no translation of it; the English wording then stands for itself
     */
    public Optional<String> nameOf(String english) {
        return FindingNames.find(this, english);
    }

    /**
     * Finds a language.
     *
     * @param tag BCP 47 tag, with or without a region, for example {@code de-AT}
     * @return the language; empty if reports are not written in it
     */
    public static Optional<ReportLanguage> of(@Nullable String tag) {
        if (tag == null) {
            return Optional.empty();
        }
        String language = tag.strip().replaceAll("[-_].*", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(one -> one.tag.equals(language)).findFirst();
    }

    /**
     * Chooses by an HTTP header.
     *
     * @param header {@code Accept-Language}
     * @return the language that the reader likes best among ours; empty if the header names none of them, or cannot be read
     */
    public static Optional<ReportLanguage> accepted(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        try {
            return Locale.LanguageRange.parse(header).stream()
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> of(range.getRange()).stream())
                    .findFirst(); // parse() sorts by weight
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
