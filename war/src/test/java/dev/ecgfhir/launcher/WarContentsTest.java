package dev.ecgfhir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarContentsTest {
    @TempDir
    Path folder;

    @Test
    void takes_classes_and_both_folders_of_jars_and_nothing_else() throws IOException {
        WarContents contents = WarContents.of(new WarFixture().write(folder.resolve("a.war")));
        assertThat(contents.classes())
                .containsExactly("WEB-INF/classes/application.yaml", "WEB-INF/classes/dev/own.txt");
        assertThat(contents.jars())
                .containsExactly(
                        "WEB-INF/lib/zebra 1.0.jar", "WEB-INF/lib/picocli-4.jar", "WEB-INF/lib-provided/tomcat.jar");
    }

    @Test
    void has_the_same_key_for_a_copy_and_another_one_for_another_content() throws IOException {
        Path war = new WarFixture().write(folder.resolve("a.war"));
        String key = WarContents.of(war).key();
        assertThat(WarContents.of(Files.copy(war, folder.resolve("copy.war"))).key())
                .isEqualTo(key);
        Path changed = new WarFixture()
                .with("WEB-INF/classes/dev/own.txt", "OWN") // the same length, another checksum
                .write(folder.resolve("b.war"));
        assertThat(WarContents.of(changed).key()).isNotEqualTo(key);
    }

    @Test
    void refuses_a_file_that_is_another_war() throws IOException {
        Path war = new WarFixture().without("WEB-INF/lib").write(folder.resolve("other.war"));
        assertThatThrownBy(() -> WarContents.of(war))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not the executable WAR: it has 2 files in WEB-INF/classes/ and 0 jars");
    }
}
