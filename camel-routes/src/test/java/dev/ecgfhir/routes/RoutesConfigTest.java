package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesConfigTest {
    private static final SourceRouteConfig WARD = ward().build();

    private static SourceRouteConfig.Builder ward() {
        return SourceRouteConfig.at("ward", "http://ward/fhir/");
    }

    @Test
    void has_defaults() {
        assertThat(WARD.url()).isEqualTo("http://ward/fhir");
        assertThat(WARD.pollInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(WARD.sourceQuery().pageSize()).isEqualTo(50);
        assertThat(WARD.sourceQuery().overlap()).isEqualTo(Duration.ofSeconds(10));
        assertThat(WorkConfig.defaults())
                .isEqualTo(new WorkConfig(2, 2, Duration.ofMinutes(10), Duration.ofSeconds(1)));
        assertThat(RetryConfig.defaults()).isEqualTo(new RetryConfig(Duration.ofSeconds(1), Duration.ofMinutes(5), 5));
    }

    @Test
    void sends_reports_back_to_their_source_unless_a_target_is_named() {
        TargetRouteConfig archive = new TargetRouteConfig("archive", "http://archive/fhir", true);
        SourceRouteConfig clinic = SourceRouteConfig.at("clinic", "http://clinic/fhir")
                .reportingTo("archive")
                .build();
        RoutesConfig config = RoutesConfig.of(List.of(WARD, clinic), List.of(archive));
        assertThat(config.targetOf(WARD)).isEqualTo(new TargetRouteConfig("ward", "http://ward/fhir", false));
        assertThat(config.targetOf(clinic)).isEqualTo(archive);
        assertThat(config.allTargets()).extracting(TargetRouteConfig::name).containsExactly("archive", "ward");
    }

    @Test
    void sends_reports_of_one_source_to_another() {
        SourceRouteConfig clinic = SourceRouteConfig.at("clinic", "http://clinic/fhir")
                .reportingTo("ward")
                .build();
        RoutesConfig config = RoutesConfig.of(List.of(WARD, clinic), List.of());
        assertThat(config.targetOf(clinic).url()).isEqualTo("http://ward/fhir");
        assertThat(config.allTargets()).hasSize(1);
    }

    @Test
    void refuses_a_target_that_does_not_exist() {
        assertThatThrownBy(() ->
                        RoutesConfig.of(List.of(ward().reportingTo("nowhere").build()), List.of()))
                .hasMessage("source ward reports to target nowhere, which does not exist; there are [ward]");
    }

    @Test
    void refuses_two_sources_of_one_address() {
        assertThatThrownBy(() -> RoutesConfig.of(
                        List.of(
                                WARD,
                                SourceRouteConfig.at("again", "http://ward/fhir")
                                        .build()),
                        List.of()))
                .hasMessage("sources ward and again are both http://ward/fhir; each recording would be found twice");
    }

    @Test
    void refuses_two_sources_of_one_address_that_is_written_otherwise() {
        assertThatThrownBy(() -> RoutesConfig.of(
                        List.of(
                                WARD,
                                SourceRouteConfig.at("again", "HTTP://Ward:80/./fhir/")
                                        .build()),
                        List.of()))
                .hasMessage(
                        "sources ward and again are both HTTP://Ward:80/./fhir; each recording would be found twice");
    }

    @Test
    void refuses_a_name_that_is_given_twice() {
        assertThatThrownBy(() -> RoutesConfig.of(
                        List.of(WARD), List.of(new TargetRouteConfig("ward", "http://other/fhir", false))))
                .hasMessage("the name ward is given twice");
    }

    @Test
    void refuses_a_name_that_would_break_an_address() {
        assertThatThrownBy(
                        () -> SourceRouteConfig.at("a?b=c", "http://ward/fhir").build())
                .hasMessage(
                        "name of a source must be 1..100 letters, digits, dots, dashes or underscores, was 'a?b=c'");
    }

    @Test
    void refuses_pauses_and_workers_out_of_range() {
        assertThatThrownBy(() -> new RetryConfig(Duration.ofSeconds(2), Duration.ofSeconds(1), 5))
                .hasMessage(
                        "pauses must be more than 0 and the longest not shorter than the first, were PT2S and PT1S");
        assertThatThrownBy(() -> new WorkConfig(0, 1, Duration.ofMinutes(1), Duration.ofSeconds(1)))
                .hasMessage("workers must be in 1..256 to interpret and 1..64 to deliver, were 0 and 1");
        assertThatThrownBy(() -> ward().every(Duration.ZERO).build())
                .hasMessage("source ward: poll interval must be at least 10 ms, was PT0S");
        assertThatThrownBy(() -> ward().workers(257).build())
                .hasMessage("source ward: workers must be in 1..256, was 257");
    }
}
