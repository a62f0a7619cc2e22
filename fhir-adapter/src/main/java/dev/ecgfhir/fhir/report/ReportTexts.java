package dev.ecgfhir.fhir.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What reports say, in one language: the texts of {@code texts_<language>.properties}, in which {@code {0}}, {@code {1}} ... are filled in.
 *
 * <p>Immutable and safe to share between threads.
 */
final class ReportTexts {
    private static final Map<ReportLanguage, ReportTexts> ALL = new EnumMap<>(ReportLanguage.class);

    static {
        for (ReportLanguage language : ReportLanguage.values()) {
            ALL.put(language, new ReportTexts(language));
        }
    }

    private final ReportLanguage language;
    private final Properties texts;

    private ReportTexts(ReportLanguage language) {
        this.language = language;
        this.texts = read(language);
    }

    static ReportTexts of(ReportLanguage language) {
        ReportTexts texts = ALL.get(language);
        if (texts == null) {
            throw new IllegalStateException("no texts in " + language);
        }
        return texts;
    }

    /** Returns the texts in the language of a resource, English if it names none of ours. */
    static ReportTexts of(@Nullable String tag) {
        return of(ReportLanguage.of(tag).orElse(ReportLanguage.ENGLISH));
    }

    ReportLanguage language() {
        return language;
    }

    /** Tells whether there is such a text. */
    boolean has(String key) {
        return texts.getProperty(key) != null;
    }

    /** Returns a number as this language writes it. */
    String decimal(String number) {
        return language == ReportLanguage.ENGLISH ? number : number.replace('.', ',');
    }

    /** Returns a text with its blanks filled in. */
    String text(String key, Object... values) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("no text '" + key + "' in " + language);
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }

    /** Returns what stands in place of a report's words once its recording was withdrawn. */
    String withdrawn(Withdrawal.Cause cause) {
        return text(
                switch (cause) {
                    case ENTERED_IN_ERROR -> "withdrawn.entered-in-error";
                    case DELETED -> "withdrawn.deleted";
                    case MOVED -> "withdrawn.moved";
                    case CORRECTED -> "withdrawn.corrected";
                });
    }

    /** Reads the file of a language. */
    static Properties read(ReportLanguage language) {
        String file = "texts_" + language.tag() + ".properties";
        Properties texts = new Properties();
        try (InputStream stream = ReportTexts.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + file);
            }
            texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + file + " cannot be read", e);
        }
        return texts;
    }
}
