package dev.ecgfhir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.report.ReportLanguage;
import dev.ecgfhir.terminology.Mapping;
import dev.ecgfhir.terminology.Terminology;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports know the terminology's words only by their text: so it is seen here, where both meet, that none lacks. */
class FindingNamesTest {
    @ParameterizedTest
    @EnumSource(ReportLanguage.class)
    void every_label_and_everything_without_a_label_has_a_name_in_every_language(ReportLanguage language) {
        Stream<String> words = Stream.concat(
                Terminology.labelMap().mappings().stream().map(Mapping::text), Terminology.withoutLabel().stream());

        assertThat(words)
                .hasSizeGreaterThan(150)
                .allSatisfy(word -> assertThat(language.nameOf(word))
                        .as("'%s' in %s", word, language)
                        .isPresent());
    }
}
