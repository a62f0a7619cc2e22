package dev.ecgfhir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {
    @Test
    void puts_the_users_options_behind_ours_so_that_they_win() {
        List<String> options = ServerOptions.of("serve", 17, "Linux", " -Xmx4g  -Da=b ");
        assertThat(options).containsSubsequence("-Xmx1g", "-Xmx4g", "-Da=b").endsWith("-Xmx4g", "-Da=b");
    }

    @Test
    void keeps_white_space_in_quotes() {
        assertThat(ServerOptions.of("serve", 17, "Linux", "-Dname=\"two words\" '-Dother=it is' -Dempty=\"\""))
                .endsWith("-Dname=two words", "-Dother=it is", "-Dempty=");
    }

    @Test
    void refuses_a_quote_that_is_not_closed() {
        assertThatThrownBy(() -> ServerOptions.of("serve", 17, "Linux", "-Da=\"b c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ECGFHIR_JAVA_OPTS has a quote that is not closed: -Da=\"b c");
    }

    @Test
    void allows_native_code_where_the_jvm_would_warn_of_it() {
        assertThat(ServerOptions.of("serve", 25, "Linux", "")).contains("--enable-native-access=ALL-UNNAMED");
        assertThat(ServerOptions.of("serve", 17, "Linux", "")).doesNotContain("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void compiles_a_demonstration_with_the_first_compiler_alone() {
        assertThat(ServerOptions.of("demo", 17, "Linux", "")).contains("-XX:TieredStopAtLevel=1");
        assertThat(ServerOptions.of("serve", 17, "Linux", "")).doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void asks_for_large_pages_only_where_the_jvm_knows_them() {
        assertThat(ServerOptions.of("serve", 17, "Linux", "")).contains("-XX:+UseTransparentHugePages");
        assertThat(ServerOptions.of("serve", 17, "Mac OS X", "")).doesNotContain("-XX:+UseTransparentHugePages");
    }
}
