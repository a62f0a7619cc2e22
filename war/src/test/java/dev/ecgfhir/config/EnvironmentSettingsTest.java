package dev.ecgfhir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EnvironmentSettingsTest {
    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void reads_environment_variables_in_the_spelling_of_spring_boot() {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "systemEnvironment",
                        Map.of(
                                "ECGFHIR_MODEL_DEMONSTRATION", "true",
                                "ECGFHIR_SOURCES_WARD_URL", "http://x.example/fhir",
                                "ECGFHIR_SOURCES_WARD_POLLINTERVAL", "9s")));

        assertThat(EnvironmentSettings.read(environment).sources())
                .singleElement()
                .extracting(SourceSettings::name, SourceSettings::pollInterval)
                .containsExactly("ward", Duration.ofSeconds(9));
    }

    @Test
    void lets_the_stronger_source_win_however_the_key_is_spelled() {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("file", Map.of("ecgfhir.inference.threads", "2", "x", "true")));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "systemEnvironment", Map.of("ECGFHIR_INFERENCE_THREADS", "3")));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("arguments", Map.of("ecgfhir.model.demonstration", "${x}")));

        assertThat(EnvironmentSettings.read(environment).inference().threads()).isEqualTo(3);
    }
}
