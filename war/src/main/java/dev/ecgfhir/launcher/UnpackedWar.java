package dev.ecgfhir.launcher;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A directory with an unpacked WAR: {@code ecgfhir.jar} with our classes, whose manifest names the jars in {@code lib}, and
 * {@code complete}, the list of all files with their sizes, written last.
 *
 * @param directory the directory
 */
record UnpackedWar(Path directory) {
    private static final String JAR = "ecgfhir.jar";
    private static final String LIB = "lib";
    private static final String COMPLETE = "complete";

    /** Jars that every command reads, in front, so that a search for a class seldom goes through all. */
    private static final List<String> FIRST =
            List.of("ecgfhir-", "picocli", "jackson-", "slf4j-", "logback-", "hapi-fhir-base", "org.hl7.fhir", "hapi-");

    /** Returns the jar that is the whole class path. */
    Path jar() {
        return directory.resolve(JAR);
    }

    /** Tells whether every file is there in its full size. */
    boolean isComplete() {
        try {
            for (String line : Files.readAllLines(directory.resolve(COMPLETE))) {
                String[] sizeAndName = line.split(" ", 2);
                if (Files.size(directory.resolve(sizeAndName[1])) != Long.parseLong(sizeAndName[0])) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException | RuntimeException e) {
            return false; // an unreadable list or file is as good as none: it is unpacked anew
        }
    }

    /** Returns when it was last used, milliseconds since 1970; 0 if it is not complete. */
    long lastUsed() {
        return directory.resolve(COMPLETE).toFile().lastModified();
    }

    /** Notes that it is used now; where that fails, it only counts as older than it is. */
    boolean touch() {
        return directory.resolve(COMPLETE).toFile().setLastModified(System.currentTimeMillis());
    }

    /**
     * Unpacks a WAR.
     *
     * @param contents the WAR
     * @param directory where to; empty
     * @throws IOException if the WAR is damaged or the directory cannot be written
     */
    static UnpackedWar unpack(WarContents contents, Path directory) throws IOException {
        Path lib = Files.createDirectories(directory.resolve(LIB));
        List<Path> written = new ArrayList<>();
        try (ZipFile zip = new ZipFile(contents.war().toFile())) {
            for (String jar : contents.jars()) {
                Path file = lib.resolve(WarContents.fileName(jar));
                try (InputStream in = zip.getInputStream(zip.getEntry(jar));
                        OutputStream out = Files.newOutputStream(file)) {
                    in.transferTo(out); // the JDK checks the length, and the inflater the stream
                }
                written.add(file);
            }
            written.add(packClasses(zip, contents, directory.resolve(JAR)));
        }
        List<String> sizes = new ArrayList<>();
        for (Path file : written) {
            sizes.add(Files.size(file) + " "
                    + directory.relativize(file).toString().replace('\\', '/'));
        }
        Files.write(directory.resolve(COMPLETE), sizes);
        return new UnpackedWar(directory);
    }

    private static Path packClasses(ZipFile zip, WarContents contents, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath(contents.jars()));
        try (JarOutputStream out =
                new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)), manifest)) {
            for (String name : contents.classes()) {
                byte[] bytes;
                try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                    bytes = in.readAllBytes();
                }
                ZipEntry entry = new ZipEntry(name.substring(WarContents.CLASSES.length()));
                if (entry.getName().equals("META-INF/MANIFEST.MF")) {
                    continue;
                }
                CRC32 crc = new CRC32();
                crc.update(bytes);
                entry.setMethod(ZipEntry.STORED); // read at every start
                entry.setSize(bytes.length);
                entry.setCrc(crc.getValue());
                out.putNextEntry(entry);
                out.write(bytes);
            }
        }
        return jar;
    }

    /** Returns the jars as the manifest of our classes names them, the most used ones in front. */
    static String classPath(List<String> jars) {
        Comparator<String> order =
                Comparator.<String>comparingInt(UnpackedWar::rank).thenComparing(name -> name);
        return jars.stream()
                .map(WarContents::fileName)
                .sorted(order)
                .map(name -> LIB + "/"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    private static int rank(String jar) {
        for (int i = 0; i < FIRST.size(); i++) {
            if (jar.startsWith(FIRST.get(i))) {
                return i;
            }
        }
        return FIRST.size();
    }
}
