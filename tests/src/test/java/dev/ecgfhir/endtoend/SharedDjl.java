package dev.ecgfhir.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Parts the WAR as docs/deployment.md says it for a shared class loader: DJL and what it needs, and the WAR without DJL. */
final class SharedDjl {
    /** What moves out of the WAR. */
    private static final Pattern DJL =
            Pattern.compile("WEB-INF/lib/(api|pytorch-engine|pytorch-jni|pytorch-native-cpu)-[0-9].*\\.jar");

    /** What DJL needs beside it; the WAR keeps its own. */
    private static final Pattern NEEDED = Pattern.compile(
            "WEB-INF/lib/(gson|jna|commons-compress|commons-io|commons-lang3|commons-codec|slf4j-api)-[0-9].*\\.jar");

    private SharedDjl() {}

    /**
     * Parts a WAR.
     *
     * @param war the whole WAR
     * @param slim where the WAR without DJL goes
     * @param jars directory for the jars of the shared loader
     * @return the jars
     */
    static List<Path> part(Path war, Path slim, Path jars) throws IOException {
        List<Path> shared = new ArrayList<>();
        try (ZipFile whole = new ZipFile(war.toFile());
                OutputStream file = Files.newOutputStream(slim);
                ZipOutputStream rest = new ZipOutputStream(file)) {
            rest.setLevel(Deflater.NO_COMPRESSION);
            Enumeration<? extends ZipEntry> entries = whole.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (DJL.matcher(name).matches() || NEEDED.matcher(name).matches()) {
                    Path jar = jars.resolve(name.substring(name.lastIndexOf('/') + 1));
                    try (InputStream content = whole.getInputStream(entry)) {
                        Files.copy(content, jar);
                    }
                    shared.add(jar);
                }
                if (!DJL.matcher(name).matches()) {
                    rest.putNextEntry(new ZipEntry(name));
                    try (InputStream content = whole.getInputStream(entry)) {
                        content.transferTo(rest);
                    }
                    rest.closeEntry();
                }
            }
        }
        return shared;
    }
}
