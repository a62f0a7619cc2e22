package dev.ecgfhir.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModuleBoundariesTest {
    private JavaClasses product;

    static Stream<ArchRule> rules() {
        return BoundaryRules.everyRule().stream();
    }

    @BeforeAll
    void import_the_product_without_any_tests() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.ecgfhir");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void every_rule_holds(ArchRule rule) {
        rule.check(product);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.ecgfhir.inference",
                "dev.ecgfhir.inference.signal",
                "dev.ecgfhir.inference.checkpoint",
                "dev.ecgfhir.inference.download",
                "dev.ecgfhir.inference.djl",
                "dev.ecgfhir.terminology",
                "dev.ecgfhir.fhir.recording",
                "dev.ecgfhir.fhir.file",
                "dev.ecgfhir.fhir.source",
                "dev.ecgfhir.fhir.report",
                "dev.ecgfhir.pipeline",
                "dev.ecgfhir.component",
                "dev.ecgfhir.ledger",
                "dev.ecgfhir.routes",
                "dev.ecgfhir.wiring",
                "dev.ecgfhir.config",
                "dev.ecgfhir.api",
                "dev.ecgfhir.repository",
                "dev.ecgfhir.security",
                "dev.ecgfhir.cli",
                "dev.ecgfhir.launcher"
            })
    void every_package_of_the_design_is_really_seen(String name) {
        assertThat(product.stream().filter(type -> type.getPackageName().equals(name)))
                .as("classes of %s on the class path", name)
                .hasSizeGreaterThan(1);
    }

    @org.junit.jupiter.api.Test
    void every_package_says_what_lives_in_it_and_that_nothing_is_null_by_default() {
        assertThat(product.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(found -> found.tryGetPackageInfo().isEmpty()
                                || !found.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .map(found -> found.getName()))
                .as("packages without a package-info annotated @NullMarked")
                .isEmpty();
    }
}
