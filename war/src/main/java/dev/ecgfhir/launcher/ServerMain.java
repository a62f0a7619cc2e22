package dev.ecgfhir.launcher;

import java.util.List;
import java.util.Optional;

/** What the server's JVM runs: the command, and a watch over the JVM that started it. */
public final class ServerMain {
    /** Exit code when the starting JVM is gone: failed. */
    private static final int ORPHANED = 3;

    private ServerMain() {}

    /**
     * Runs a command.
     *
     * @param arguments the process id of the starting JVM, then the command and its arguments
     * @throws ReflectiveOperationException if the commands cannot be found or throw
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        List<String> all = List.of(arguments);
        endWith(Long.parseLong(all.get(0)));
        Launcher.runMain(ServerMain.class.getClassLoader(), all.subList(1, all.size()));
    }

    /** Ends this JVM in good order when another process ends, however that ended: a killed launcher must not leave a server behind. */
    private static void endWith(long pid) {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent().filter(process -> process.pid() == pid);
        if (parent.isEmpty()) {
            System.exit(ORPHANED); // it ended before this line was reached
            return;
        }
        Thread watch = new Thread(
                () -> {
                    parent.get().onExit().join();
                    System.exit(ORPHANED);
                },
                "watch-launcher");
        watch.setDaemon(true);
        watch.start();
    }
}
