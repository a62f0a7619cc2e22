package dev.ecgfhir.config;

import java.util.Locale;

/**
 * One setting as it is documented.
 *
 * @param name its name; {@code NAME} stands for a name that the user chooses
 * @param fallback what holds when it is absent, as the documentation shows it; empty if it has no default
 * @param allowed which values it takes, for messages and documentation
 * @param meaning one sentence
 * @param secret true if its value must never be shown
 */
public record Key(String name, String fallback, String allowed, String meaning, boolean secret) {
    /** Which values a setting takes that is on or off. */
    static final String FLAG = "true or false";

    static Key of(String name, String fallback, String allowed, String meaning) {
        return new Key(name, fallback, allowed, meaning, false);
    }

    static Key secret(String name, String meaning) {
        return new Key(name, "", "any text, or file:PATH", meaning, true);
    }

    /** Returns true if the user chooses a part of the name. */
    boolean named() {
        return name.contains(".NAME.");
    }

    /** Returns this key with its {@code NAME} replaced. */
    Key of(String chosen) {
        return new Key(name.replace(".NAME.", "." + chosen + "."), fallback, allowed, meaning, secret);
    }

    /** Returns the value as messages may show it. */
    String shown(String value) {
        return secret ? Secret.REDACTED : "'" + value + "'";
    }

    /**
     * Returns the form in which names are compared: lower case without dashes, so that an environment variable, which cannot hold
     * a dash, finds its setting.
     */
    static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
