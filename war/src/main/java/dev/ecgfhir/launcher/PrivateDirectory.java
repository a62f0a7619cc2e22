package dev.ecgfhir.launcher;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/** Directories into which nobody but the user can write: what lies in them is run. Where there are no such permissions, plain ones. */
final class PrivateDirectory {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private PrivateDirectory() {}

    /** Makes a directory and those above it where they are missing, whatever the umask; an existing one is left as it is. */
    static void make(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (isPosix()) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    /**
     * Checks that nobody else can have written what lies in a directory.
     *
     * @param directory the directory
     * @param parent where it lies; this user can write there
     * @throws IOException if somebody else can; the message says what to do
     */
    static void require(Path directory, Path parent) throws IOException {
        if (!isPosix()) {
            return;
        }
        Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
        open.addAll(Files.getPosixFilePermissions(directory));
        open.retainAll(OTHERS);
        if (!open.isEmpty()) {
            throw new IOException(directory + " can be written by other users, who could exchange what is run (" + open
                    + "); delete it");
        }
        UserPrincipal owner = Files.getOwner(directory);
        UserPrincipal user = user(parent);
        if (!owner.equals(user)) {
            throw new IOException(directory + " belongs to " + owner + ", not to " + user);
        }
    }

    private static UserPrincipal user(Path folder) throws IOException {
        Path mine = Files.createTempFile(folder, "owner", ".tmp");
        try {
            return Files.getOwner(mine);
        } finally {
            Files.delete(mine);
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
