package dev.ecgfhir.terminology;

import java.util.Optional;

/**
 * Two positive labels that cannot both be true of one recording.
 *
 * @param rule the rule that says so, for example {@code normality}
 * @param first one label
 * @param second the other label
 * @param yields the one of the two that may then not be asserted; empty if neither gives way, so that both stay and a person decides
 * @param reason why, for a reader
 */
public record Contradiction(String rule, String first, String second, Optional<String> yields, String reason) {}
