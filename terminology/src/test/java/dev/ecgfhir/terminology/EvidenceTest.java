package dev.ecgfhir.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.terminology.map.LabelMapFile;
import dev.ecgfhir.terminology.map.ReviewedTarget;
import dev.ecgfhir.terminology.map.SnomedConceptId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each concept of the map against the published statements on which it rests. */
class EvidenceTest {
    /** One published statement: the source says that the id has this term; a tag in brackets ends it where the source gives one. */
    private record Statement(String source, String id, String term) {
        private static Statement of(List<String> row) {
            return new Statement(
                    row.get(0),
                    row.get(2),
                    row.get(3).replaceFirst(" \\[OMOP concept_id [0-9]+, not a SNOMED CT id]$", ""));
        }

        private boolean says(Coding coding, String tag) {
            String plain = coding.display().toLowerCase(Locale.ROOT);
            String found = term.toLowerCase(Locale.ROOT);
            return (id.equals(coding.code()) || id.isEmpty() && source.startsWith("PTB-XL-plus"))
                    && (bare(found).equals(bare(plain)) || bare(found).equals(bare(plain + " (" + tag + ")")));
        }

        /** Challenge tables leave out the {@code Electrocardiogram:} or {@code Electrocardiographic} before a term. */
        private static String bare(String term) {
            return term.replaceFirst("^(electrocardiogram: |electrocardiographic )", "");
        }
    }

    private static final String GLOBAL_PATIENT_SET = "SNOMED-GPS-2020-09-30";

    private final List<Statement> statements =
            Csv.rows("evidence-extract.csv").stream().map(Statement::of).toList();
    private final List<ReviewedTarget> rows = Stream.concat(
                    LabelMapFile.bundled().rows().stream().flatMap(row -> row.targets().stream()),
                    Combinations.bundled(ConceptScope.ALL).all().stream().map(Combination::target))
            .toList();

    @Test
    void each_source_that_a_row_names_says_what_the_row_says() {
        assertThat(rows).hasSizeGreaterThan(90).allSatisfy(row -> {
            Coding coding = row.target().coding();
            assertThat(row.sources())
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(statements)
                            .filteredOn(statement -> statement.source().equals(source))
                            .anyMatch(statement -> statement.says(coding, row.semanticTag())));
        });
    }

    @Test
    void membership_in_the_global_patient_set_is_what_the_set_says() {
        Set<String> members = statements.stream()
                .filter(statement -> statement.source().equals(GLOBAL_PATIENT_SET))
                .map(Statement::id)
                .collect(Collectors.toSet());

        assertThat(rows)
                .allSatisfy(row -> assertThat(row.inGlobalPatientSet())
                        .as(row.target().coding().code())
                        .isEqualTo(members.contains(row.target().coding().code())));
    }

    @Test
    void display_and_tag_of_a_member_are_its_fully_specified_name() {
        assertThat(rows)
                .filteredOn(ReviewedTarget::inGlobalPatientSet)
                .isNotEmpty()
                .allSatisfy(row -> {
                    Coding coding = row.target().coding();
                    assertThat(statements)
                            .contains(new Statement(
                                    GLOBAL_PATIENT_SET,
                                    coding.code(),
                                    coding.display() + " (" + row.semanticTag() + ")"));
                });
    }

    @Test
    void no_statement_calls_a_used_concept_anything_but_a_finding_or_disorder() {
        Set<String> used =
                rows.stream().map(row -> row.target().coding().code()).collect(Collectors.toSet());

        assertThat(statements)
                .filteredOn(statement -> used.contains(statement.id()))
                .noneMatch(statement -> statement
                        .term()
                        .matches(".*\\((observable entity|procedure|qualifier value|situation"
                                + "|body structure|regime/therapy|morphologic abnormality)\\)"));
    }

    @Test
    void only_two_ids_rest_on_a_list_that_may_not_be_copied_here() {
        assertThat(rows)
                .filteredOn(row -> row.sources().stream().allMatch(source -> source.startsWith("PTB-XL-plus")))
                .extracting(row -> row.target().coding().code())
                .containsExactly("164868007", "43630006");
    }

    @Test
    void every_id_is_a_well_formed_concept_id_and_none_is_of_the_retired_block() {
        assertThat(rows).allSatisfy(row -> {
            String code = row.target().coding().code();
            assertThat(SnomedConceptId.isWellFormed(code)).as(code).isTrue();
            assertThat(code).doesNotStartWith("1420");
        });
    }
}
