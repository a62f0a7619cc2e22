package dev.ecgfhir.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Points in time that are given as options. */
final class Instants {
    private Instants() {}

    /**
     * Reads an instant, or a date as its beginning in this machine's time zone.
     *
     * @return the instant's text; null if none was given
     */
    static @Nullable String parse(String option, @Nullable String text, CommandSpec spec) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant()
                    : OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            return instant.toString();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " must be a date (2026-11-28) or an instant (2026-11-28T02:00:00Z), was '" + text + "'",
                    e);
        }
    }
}
