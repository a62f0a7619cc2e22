package dev.ecgfhir.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small WAR with the same places as the real one. */
final class WarFixture {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    WarFixture() throws IOException {
        with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
        with("dev/ecgfhir/launcher/Launcher.class", "not for the class path");
        with("WEB-INF/classes/application.yaml", "server: {}");
        with("WEB-INF/classes/dev/own.txt", "own");
        withJar("WEB-INF/lib/zebra 1.0.jar", "zebra.txt");
        withJar("WEB-INF/lib/picocli-4.jar", "picocli.txt");
        withJar("WEB-INF/lib-provided/tomcat.jar", "tomcat.txt");
    }

    WarFixture with(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void withJar(String name, String resource) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new ZipEntry(resource));
            jar.write(name.getBytes(StandardCharsets.UTF_8));
        }
        entries.put(name, bytes.toByteArray());
    }

    WarFixture without(String prefix) {
        entries.keySet().removeIf(name -> name.startsWith(prefix));
        return this;
    }

    Path write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
