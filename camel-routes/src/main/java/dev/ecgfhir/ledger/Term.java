package dev.ecgfhir.ledger;

/**
 * A time during which one process holds a {@link Duties duty}, from taking it until another takes it or it resigns.
 *
 * @param job kind of work
 * @param subject what it is done for
 * @param holder the process; never used by another one
 * @param number counts the holders of this duty
 */
public record Term(String job, String subject, String holder, long number) {}
