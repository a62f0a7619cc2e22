package dev.ecgfhir.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that cannot fail guards nothing: each one is seen to fail on a class planted for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundaryRulesTest {
    private JavaClasses planted;

    static Stream<ArchRule> rules() {
        return BoundaryRules.everyRule().stream();
    }

    @BeforeAll
    void import_the_planted_classes() {
        planted = new ClassFileImporter()
                .importPackages(List.of(
                        "dev.ecgfhir.inference.planted",
                        "dev.ecgfhir.inference.signal.planted",
                        "dev.ecgfhir.terminology.planted",
                        "dev.ecgfhir.fhir.planted",
                        "dev.ecgfhir.fhir.recording.planted",
                        "dev.ecgfhir.fhir.report.planted",
                        "dev.ecgfhir.pipeline.planted",
                        "dev.ecgfhir.config.planted",
                        "dev.ecgfhir.launcher.planted",
                        "dev.ecgfhir.routes.planted",
                        "dev.ecgfhir.cli.planted"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void every_rule_fails_on_a_planted_violation(ArchRule rule) {
        assertThat(rule.evaluate(planted).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }
}
