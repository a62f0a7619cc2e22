package dev.ecgfhir.fhir.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells by its codes whether an Observation is one that a source's query finds. A server may pass over the filter of an export, so each line
 * is looked at here; what a query asks beside {@code code} could not be.
 */
public final class CodeChoice {
    static final CodeChoice NONE = new CodeChoice(List.of(List.of()));

    /** All of them must have a match. */
    private final List<List<Code>> all;

    private CodeChoice(List<List<Code>> all) {
        this.all = all;
    }

    /**
     * A code, or what is asked of one.
     *
     * @param system its system; empty for none
     * @param code the code itself
     */
    record Code(String system, String code) {}

    /** Tells why a query cannot be followed here; empty if it can. */
    public static Optional<String> problem(SourceQuery query) {
        for (Map.Entry<String, List<String>> parameter : query.parameters().entrySet()) {
            if (!parameter.getKey().equals("code")) {
                return Optional.of("the source's query asks for '" + parameter.getKey()
                        + "', which cannot be told from an exported line; an export needs a query by 'code' alone,"
                        + " a backfill by date takes every one");
            }
            for (String value : parameter.getValue()) {
                if (value.indexOf('\\') >= 0) {
                    return Optional.of("the source's query has a code with an escaped character, which an export does"
                            + " not take; a backfill by date does");
                }
            }
        }
        return query.parameters().isEmpty()
                ? Optional.of("the source's query has no 'code', by which ECGs are told in an export")
                : Optional.empty();
    }

    /**
     * Makes the choice of a query.
     *
     * @throws IllegalArgumentException if it has a {@link #problem}
     */
    public static CodeChoice of(SourceQuery query) {
        problem(query).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        List<List<Code>> all = new ArrayList<>();
        for (String value : query.parameters().getOrDefault("code", List.of())) {
            List<Code> any = new ArrayList<>();
            for (String token : value.split(",", -1)) {
                any.add(token(token));
            }
            all.add(any);
        }
        return new CodeChoice(all);
    }

    /** A token without a bar is a code of any system; system null stands for that by the text {@code *}. */
    private static Code token(String token) {
        int bar = token.indexOf('|');
        return bar < 0 ? new Code("*", token) : new Code(token.substring(0, bar), token.substring(bar + 1));
    }

    boolean takes(List<Code> codes) {
        return all.stream()
                .allMatch(any -> any.stream().anyMatch(one -> codes.stream().anyMatch(code -> match(one, code))));
    }

    private static boolean match(Code asked, Code code) {
        return (asked.system().equals("*") || asked.system().equals(code.system()))
                && (asked.code().isEmpty() || asked.code().equals(code.code()));
    }
}
