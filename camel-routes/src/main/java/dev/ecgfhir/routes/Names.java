package dev.ecgfhir.routes;

import java.util.regex.Pattern;

/** Names of sources and targets, which become parts of URIs and ids. */
final class Names {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private Names() {}

    static void check(String kind, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("name of a " + kind
                    + " must be 1..100 letters, digits, dots, dashes or underscores, was '" + name + "'");
        }
    }
}
