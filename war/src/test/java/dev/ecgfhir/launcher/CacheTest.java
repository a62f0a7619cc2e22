package dev.ecgfhir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();
    private Path root;
    private WarContents war;

    @BeforeEach
    void prepare() throws IOException {
        root = folder.resolve("cache");
        war = WarContents.of(new WarFixture().write(folder.resolve("a.war")));
    }

    private UnpackedWar unpacked(WarContents contents) throws IOException {
        try (Cache cache = new Cache(root, messages::add)) {
            return cache.unpacked(contents);
        }
    }

    @Test
    void makes_one_jar_that_finds_everything_of_the_class_path() throws IOException {
        UnpackedWar unpacked = unpacked(war);
        URL[] jar = {unpacked.jar().toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            assertThat(text(loader, "dev/own.txt")).isEqualTo("own");
            assertThat(text(loader, "zebra.txt")).isEqualTo("WEB-INF/lib/zebra 1.0.jar");
            assertThat(text(loader, "tomcat.txt")).isEqualTo("WEB-INF/lib-provided/tomcat.jar");
            assertThat(loader.getResource("dev/ecgfhir/launcher/Launcher.class"))
                    .isNull();
        }
    }

    @Test
    void puts_jars_that_every_command_reads_in_front() {
        assertThat(UnpackedWar.classPath(war.jars())).isEqualTo("lib/picocli-4.jar lib/tomcat.jar lib/zebra%201.0.jar");
    }

    @Test
    void unpacks_once() throws IOException {
        Path first = unpacked(war).directory();
        assertThat(messages).hasSize(1).first().asString().contains("unpacking into " + first);
        assertThat(unpacked(war).directory()).isEqualTo(first);
        assertThat(messages).hasSize(1);
    }

    @Test
    void unpacks_anew_what_lost_a_file_or_a_part_of_one() throws IOException {
        Path directory = unpacked(war).directory();
        Files.delete(directory.resolve("lib/tomcat.jar"));
        assertThat(unpacked(war).directory().resolve("lib/tomcat.jar")).exists();
        Files.writeString(directory.resolve("ecgfhir.jar"), "cut");
        assertThat(unpacked(war).isComplete()).isTrue();
        assertThat(Files.size(directory.resolve("ecgfhir.jar"))).isGreaterThan(3);
        Files.delete(directory.resolve("complete"));
        assertThat(unpacked(war).isComplete()).isTrue();
        assertThat(messages).hasSize(4);
    }

    @Test
    void goes_on_where_a_start_was_killed_while_it_unpacked() throws IOException {
        Path half = Files.createDirectories(root.resolve(war.key() + ".unpacking/lib"));
        Files.writeString(half.resolve("tomcat.jar"), "half");
        assertThat(unpacked(war).isComplete()).isTrue();
        assertThat(half.getParent()).doesNotExist();
    }

    @Test
    void keeps_the_version_before_and_deletes_older_ones_that_nobody_uses() throws IOException {
        Path oldest = used("oldest", 1_000);
        Path older = used("older", 2_000);
        Path before = used("before", 3_000);
        Path current = unpacked(war).directory();
        assertThat(List.of(before, current)).allSatisfy(path -> assertThat(path).exists());
        assertThat(List.of(oldest, older)).allSatisfy(path -> assertThat(path).doesNotExist());
        assertThat(root.resolve("older.lock")).doesNotExist();
    }

    @Test
    void keeps_a_version_that_another_process_uses() throws IOException, InterruptedException {
        Path inUse = used("inuse", 1_000);
        used("before", 3_000);
        Process user = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        root.resolve("inuse.lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(user.getInputStream().read()).isEqualTo('L');
            unpacked(war);
            assertThat(inUse).exists();
        } finally {
            user.destroyForcibly().waitFor();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refuses_what_others_could_have_written() throws IOException {
        Path directory = unpacked(war).directory();
        assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(() -> unpacked(war))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory + " can be written by other users")
                .hasMessageContaining("ECGFHIR_CACHE");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void lives_in_a_directory_that_a_group_shares() throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThat(unpacked(war).isComplete()).isTrue();
        assertThat(root).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @Test
    void says_what_to_do_where_it_cannot_write() throws IOException {
        Files.writeString(root, "a file stands in the way");
        assertThatThrownBy(() -> unpacked(war))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot unpack " + war.war() + " into " + root)
                .hasMessageContaining("another directory can be given by ECGFHIR_CACHE");
    }

    @Test
    void stands_where_the_platform_keeps_caches_unless_told_otherwise() {
        assertThat(directory("Linux", Map.of())).isEqualTo(Path.of("/home/a/.cache/ecgfhir"));
        assertThat(directory("Linux", Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/x/ecgfhir"));
        assertThat(directory("Linux", Map.of("XDG_CACHE_HOME", "relative")))
                .isEqualTo(Path.of("/home/a/.cache/ecgfhir"));
        assertThat(directory("Mac OS X", Map.of())).isEqualTo(Path.of("/home/a/Library/Caches/ecgfhir"));
        assertThat(directory("Linux", Map.of("ECGFHIR_CACHE", "/mine"))).isEqualTo(Path.of("/mine"));
    }

    private static Path directory(String system, Map<String, String> environment) {
        Properties properties = new Properties();
        properties.setProperty("user.home", "/home/a");
        properties.setProperty("os.name", system);
        return Cache.directory(properties, environment);
    }

    /** An older version, complete, last used at some time. */
    private Path used(String key, long lastUsed) throws IOException {
        Path directory = Files.createDirectories(root.resolve(key));
        Files.writeString(root.resolve(key + ".lock"), "");
        Files.writeString(directory.resolve("complete"), "");
        assertThat(directory.resolve("complete").toFile().setLastModified(lastUsed))
                .isTrue();
        return directory;
    }

    private static String text(ClassLoader loader, String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A process that uses a version: holds the lock, says so, and waits for its end. */
    static final class LockHolder {
        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel =
                            FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock shared = channel.lock(0, Long.MAX_VALUE, true)) {
                System.out.write(shared.isShared() ? 'L' : 'X');
                System.out.flush();
                System.in.read();
            }
        }
    }
}
