package dev.ecgfhir.terminology.map;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnomedConceptIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"138875005", "164889003", "49436004", "67741000119109", "900000000000207008"})
    void accepts_published_concept_ids(String id) {
        assertThat(SnomedConceptId.isWellFormed(id)).isTrue();
    }

    @Test
    void refuses_every_single_wrong_digit() {
        String id = "164889003";
        for (int place = 0; place < id.length(); place++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                String changed = id.substring(0, place) + digit + id.substring(place + 1);
                assertThat(SnomedConceptId.isWellFormed(changed)).as(changed).isEqualTo(changed.equals(id));
            }
        }
    }

    @Test
    void refuses_every_swap_of_two_neighbours() {
        String id = "426783006";
        for (int place = 0; place + 1 < id.length(); place++) {
            StringBuilder swapped = new StringBuilder(id);
            swapped.setCharAt(place, id.charAt(place + 1));
            swapped.setCharAt(place + 1, id.charAt(place));
            assertThat(SnomedConceptId.isWellFormed(swapped.toString()))
                    .as(swapped.toString())
                    .isEqualTo(swapped.toString().equals(id));
        }
    }

    @Test
    void refuses_the_id_of_a_description() {
        assertThat(SnomedConceptId.isWellFormed("680946014")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0164889003", "16488900", "164889003 ", "ABC", "1648890031648890031"})
    void refuses_what_is_no_id(String id) {
        assertThat(SnomedConceptId.isWellFormed(id)).isFalse();
    }
}
