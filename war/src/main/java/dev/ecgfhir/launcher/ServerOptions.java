package dev.ecgfhir.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of the server's JVM. */
final class ServerOptions {
    /** From here on the JVM warns of native code unless it is allowed; PyTorch is native code. */
    private static final int WARNS_OF_NATIVE_ACCESS = 22;

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");

    /** Anything but white space, and white space in quotes. */
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|\\S)+");

    private ServerOptions() {}

    /**
     * Returns the options, ours first, so that the user's win.
     *
     * @param command what is to run, {@code serve} or {@code demo}
     * @param javaVersion feature version of the JVM, for example 17
     * @param system name of the operating system as Java tells it
     * @param userOptions options separated by white space; single or double quotes keep white space in an option
     * @throws IllegalArgumentException if a quote is not closed
     */
    static List<String> of(String command, int javaVersion, String system, String userOptions) {
        List<String> options = new ArrayList<>(List.of(
                // The heap of the server stays far below this; without it the JVM would let it grow to a quarter of the
                // machine.
                "-Xmx1g",
                // One collector thread, no own thread pools and tables: 300 MB less than G1 for this server.
                "-XX:+UseSerialGC",
                // A server without memory must not look alive. Nothing is lost: the ledger goes on at the next start.
                "-XX:+ExitOnOutOfMemoryError",
                // For the engine in pure Java.
                "--add-modules=jdk.incubator.vector",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8"));
        if (command.equals("demo")) {
            // Over before the second compiler's work has paid: half the CPU time of a demonstration.
            options.add("-XX:TieredStopAtLevel=1");
        }
        if (system.equals("Linux")) {
            // Weights are read at half again the speed; nothing where the kernel does not have it. Other systems do not
            // know the option.
            options.add("-XX:+UseTransparentHugePages");
        }
        if (javaVersion >= WARNS_OF_NATIVE_ACCESS) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        options.addAll(split(userOptions));
        return options;
    }

    private static List<String> split(String options) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(options);
        while (matcher.find()) {
            String word = matcher.group();
            String unquoted = QUOTED.matcher(word)
                    .replaceAll(part -> Matcher.quoteReplacement(
                            part.group().substring(1, part.group().length() - 1)));
            if (QUOTED.matcher(word).replaceAll("").matches(".*[\"'].*")) {
                throw new IllegalArgumentException("ECGFHIR_JAVA_OPTS has a quote that is not closed: " + options);
            }
            words.add(unquoted);
        }
        return words;
    }
}
