package dev.ecgfhir.fhir.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StretchTest {
    @Test
    void within_ten_minutes_stretches_are_told_in_seconds() {
        assertThat(Stretch.text(List.of(new Stretch(10, 30), new Stretch(590, 600))))
                .isEqualTo("10-30 s, 590-600 s");
    }

    @Test
    void beyond_ten_minutes_all_are_told_as_hours_minutes_and_seconds() {
        assertThat(Stretch.text(List.of(new Stretch(10, 30), new Stretch(3600, 86_400))))
                .isEqualTo("0:00:10-0:00:30, 1:00:00-24:00:00");
    }

    @Test
    void of_many_the_first_ones_are_told_and_how_many_more_there_are() {
        List<Stretch> many = IntStream.range(0, 4320)
                .mapToObj(i -> new Stretch(20 * i, 20 * i + 10))
                .toList();

        assertThat(Stretch.text(many))
                .startsWith("0:00:00-0:00:10, 0:00:20-0:00:30, ")
                .endsWith(" ... (+4314)")
                .hasSizeLessThan(120);
    }

    @Test
    void nothing_is_told_of_no_stretch() {
        assertThat(Stretch.text(List.of())).isEmpty();
    }

    @Test
    void a_stretch_has_an_end_after_its_beginning() {
        assertThatThrownBy(() -> new Stretch(10, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a stretch must begin at 0 or later and end after its beginning, was 10.0..10.0");
    }
}
