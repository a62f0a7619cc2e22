package dev.ecgfhir.fhir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void has_a_text_form_that_can_be_read_back() {
        Cursor cursor = Cursor.from(Instant.parse("2026-11-24T03:03:00.123Z"));

        assertThat(cursor.text()).isEqualTo("lastUpdated:2026-11-24T03:03:00.123Z");
        assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
        assertThat(Cursor.parse("")).isEqualTo(Cursor.start());
    }

    @Test
    void is_not_guessed_from_a_damaged_text() {
        assertThatThrownBy(() -> Cursor.parse("lastUpdated:yesterday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a cursor must be empty or lastUpdated:<instant>, for example lastUpdated:2026-11-24T03:03:00Z,"
                                + " was 'lastUpdated:yesterday'");
    }
}
