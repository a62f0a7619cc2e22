package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One run of a command in this JVM.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int code, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static CommandRun of(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(
                console, List.of(arguments).stream().map(String::valueOf).toList());
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Returns standard output as JSON, line by line. */
    List<JsonNode> json() {
        return out.lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException("no JSON: " + line, e);
                    }
                })
                .toList();
    }

    /** Copies a bundled recording into a folder. */
    static Path recording(String name, Path folder) {
        return resource("/dev/ecgfhir/demo/recordings/" + name + ".json", folder.resolve(name + ".json"));
    }

    /** Copies bundled demonstration weights into a folder. */
    static Path weights(int leads, Path folder) {
        String name = "demo-" + leads + "-lead.pth";
        return resource("/dev/ecgfhir/inference/demonstration/" + name, folder.resolve(name));
    }

    private static Path resource(String resource, Path file) {
        try (InputStream in = CommandRun.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("no " + resource);
            }
            Files.copy(in, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
