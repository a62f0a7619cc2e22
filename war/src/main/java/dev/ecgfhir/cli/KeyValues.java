package dev.ecgfhir.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Settings that are given as {@code --KEY=VALUE}. */
final class KeyValues {
    private static final Pattern SETTING = Pattern.compile("--([A-Za-z][A-Za-z0-9._-]*)=(.*)", Pattern.DOTALL);

    private KeyValues() {}

    /**
     * Reads them.
     *
     * @param arguments what is no option of the command
     * @param spec the command, for the message
     * @return values by key, in their order
     */
    static Map<String, String> of(List<String> arguments, @Nullable CommandSpec spec) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String argument : arguments) {
            Matcher matcher = SETTING.matcher(argument);
            if (!matcher.matches()) {
                String problem = "unknown argument '" + argument + "'; settings are given as --KEY=VALUE";
                throw spec == null
                        ? new IllegalArgumentException(problem)
                        : new ParameterException(spec.commandLine(), problem);
            }
            properties.put(matcher.group(1), matcher.group(2));
        }
        return properties;
    }
}
