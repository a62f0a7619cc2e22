package dev.ecgfhir.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code java -jar ecgfhir.war} runs.
 *
 * <p>Reading jars inside a WAR costs the server 15 s of its start, so the WAR unpacks itself once. The server's commands get a JVM of
 * their own with the options they need; every other command runs in this one, for a second JVM would take as long as the command.
 */
public final class Launcher {
    /** The class that runs a command; it exits the JVM. */
    static final String MAIN = "dev.ecgfhir.cli.Main";

    /** Exit codes as those of the commands. */
    private static final int WRONG_USAGE = 2;

    private static final int FAILED = 3;

    private static final Set<String> SERVER_COMMANDS = Set.of("serve", "demo");
    private static final Set<String> HELP = Set.of("--help", "-h");

    private Launcher() {}

    /**
     * Runs a command and exits.
     *
     * @param arguments the command and its arguments
     */
    public static void main(String[] arguments) {
        try {
            run(List.of(arguments));
        } catch (IOException | ReflectiveOperationException | URISyntaxException e) {
            System.err.println("ecgfhir: cannot start: " + e.getMessage());
            System.exit(FAILED);
        } catch (IllegalArgumentException e) {
            System.err.println("ecgfhir: " + e.getMessage());
            System.exit(WRONG_USAGE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(FAILED);
        }
    }

    private static void run(List<String> arguments)
            throws IOException, InterruptedException, ReflectiveOperationException, URISyntaxException {
        Path war = Path.of(Launcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        // Open until the command ends; a command that runs here ends the JVM itself.
        try (Cache cache = new Cache(Cache.directory(System.getProperties(), System.getenv()), Launcher::say)) {
            Path jar = cache.unpacked(WarContents.of(war)).jar();
            if (needsServer(arguments)) {
                System.exit(ServerProcess.start(jar, System.getenv(), arguments).waitFor());
            }
            runHere(jar, arguments);
        }
    }

    private static void say(String message) {
        System.err.println(message);
    }

    /** Tells whether a command line starts the server. */
    static boolean needsServer(List<String> arguments) {
        return !arguments.isEmpty()
                && SERVER_COMMANDS.contains(arguments.get(0))
                && arguments.stream().noneMatch(HELP::contains);
    }

    private static void runHere(Path jar, List<String> arguments) throws IOException, ReflectiveOperationException {
        URL[] classPath = {jar.toUri().toURL()};
        // Never closed: the command may load classes until the JVM ends.
        ClassLoader loader = new URLClassLoader("ecgfhir", classPath, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        runMain(loader, arguments);
    }

    /** Calls the main method of the commands in a class loader. */
    static void runMain(ClassLoader loader, List<String> arguments) throws ReflectiveOperationException {
        try {
            Class.forName(MAIN, true, loader).getMethod("main", String[].class).invoke(null, (Object)
                    arguments.toArray(new String[0]));
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(String.valueOf(e.getCause()), e.getCause());
        }
    }
}
