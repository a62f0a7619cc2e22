package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdsReaderTest {
    private static final List<Label> LABELS = List.of(new Label(0, "A"), new Label(1, "B"));
    private static final String HEAD = "version,v7\nindex,label,assessed,reported,threshold,validated\n";

    @Test
    void reads_a_table_with_comments_and_windows_line_ends() {
        Thresholds thresholds = ThresholdsReader.read(
                "t.csv",
                ("# note\n" + HEAD + "0,A,yes,no,0.3,yes\n\n1,B,no,no,0.5,no\n").replace("\n", "\r\n"),
                LABELS);

        assertThat(thresholds.version()).isEqualTo("v7");
        assertThat(thresholds.rules())
                .containsExactly(
                        new Thresholds.Rule(LABELS.get(0), true, false, 0.3, true),
                        new Thresholds.Rule(LABELS.get(1), false, false, 0.5, false));
    }

    @Test
    void tells_all_mistakes_at_once() {
        String text = HEAD + "0,B,yes,maybe,1.0,no\n1,B,no,yes,x,no\n2,C\n";

        ThresholdsException e =
                catchThrowableOfType(ThresholdsException.class, () -> ThresholdsReader.read("t.csv", text, LABELS));

        assertThat(e).hasMessageStartingWith("t.csv: line 3: label 0 is 'B', the model calls it 'A'; ");
        assertThat(e.problems())
                .containsExactly(
                        "line 3: label 0 is 'B', the model calls it 'A'",
                        "line 3: reported is 'maybe', expected yes or no",
                        "line 3: threshold is '1.0', expected a number between 0 and 1",
                        "line 4: threshold is 'x', expected a number between 0 and 1",
                        "line 4: reported is yes, but assessed is no",
                        "line 5: has 2 columns, expected 6",
                        "has 3 rows, the model has 2 labels");
    }

    @Test
    void refuses_a_table_of_another_order_or_without_version() {
        String text = "index,label,assessed,reported,threshold,validated\n1,B,yes,yes,0.5,no\n0,A,yes,yes,NaN,no\n";

        ThresholdsException e =
                catchThrowableOfType(ThresholdsException.class, () -> ThresholdsReader.read("t.csv", text, LABELS));

        assertThat(e.problems())
                .startsWith(
                        "line 1: expected 'version,NAME'",
                        "line 2: expected the columns 'index,label,assessed,reported,threshold,validated'");
    }
}
