package dev.ecgfhir.launcher;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What of a WAR belongs onto the class path.
 *
 * @param war the WAR
 * @param key hash over the names, checksums and sizes of all that is unpacked; two WARs with the same key unpack to the same
 * @param classes names of the entries under WEB-INF/classes
 * @param jars names of the entries under WEB-INF/lib and WEB-INF/lib-provided
 */
record WarContents(Path war, String key, List<String> classes, List<String> jars) {
    static final String CLASSES = "WEB-INF/classes/";
    private static final String LIB = "WEB-INF/lib/";
    private static final String LIB_PROVIDED = "WEB-INF/lib-provided/";

    /** Goes into the key; to be raised when the form of the unpacked directory changes. */
    private static final int FORM = 1;

    private static final int KEY_LENGTH = 20;

    /**
     * Reads a WAR's central directory; no entry is opened.
     *
     * @param war the file
     * @throws IOException if it cannot be read or is no WAR of ours
     */
    static WarContents of(Path war) throws IOException {
        List<String> classes = new ArrayList<>();
        List<String> jars = new ArrayList<>();
        MessageDigest digest = sha256();
        try (ZipFile zip = new ZipFile(war.toFile());
                DataOutputStream hashed =
                        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            hashed.writeInt(FORM);
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                String name = entry.getName();
                if (name.startsWith(CLASSES)) {
                    classes.add(name);
                } else if (isIn(LIB, name) || isIn(LIB_PROVIDED, name)) {
                    jars.add(name);
                } else {
                    continue;
                }
                hashed.writeUTF(name);
                hashed.writeLong(entry.getCrc());
                hashed.writeLong(entry.getSize());
            }
        }
        if (classes.isEmpty() || jars.isEmpty()) {
            throw new IOException(war + " is not the executable WAR: it has " + classes.size() + " files in " + CLASSES
                    + " and " + jars.size() + " jars");
        }
        String key = HexFormat.of().formatHex(digest.digest()).substring(0, KEY_LENGTH);
        return new WarContents(war, key, List.copyOf(classes), List.copyOf(jars));
    }

    /** Returns the file name of an entry. */
    static String fileName(String entry) {
        return entry.substring(entry.lastIndexOf('/') + 1);
    }

    private static boolean isIn(String folder, String name) {
        return name.startsWith(folder) && name.endsWith(".jar") && name.indexOf('/', folder.length()) < 0;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
