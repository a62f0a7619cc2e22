package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThresholdsReaderTest {
    private static final List<Label> LABELS = List.of(new Label(0, "A"), new Label(1, "B"));
    private static final String HEAD = "version,v7\nindex,label,assessed,reported,threshold,validated\n";

    private static final String LONG = "version,v8\nmodel,sha256:ab12\n" + ThresholdsReader.LONG + "\n";
    private static final ModelDescription MODEL = new ModelDescription(12, LABELS, 2, 1, 0, List.of(), "ab12", false);

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
                        "line 2: expected the columns 'index,label,assessed,reported,threshold,validated' or '"
                                + ThresholdsReader.LONG + "'");
    }

    @Test
    void reads_grey_zone_calibration_and_counts() {
        Thresholds thresholds = ThresholdsReader.read(
                "t.csv", LONG + "0,A,yes,yes,0.3,yes,0.2,1.5,-0.5,40,60\n1,B,yes,no,0.5,no,,,,0,100\n", MODEL, true);

        assertThat(thresholds.rules())
                .containsExactly(
                        new Thresholds.Rule(
                                LABELS.get(0), true, true, 0.3, true, 0.2, Optional.of(new Calibration(1.5, -0.5))),
                        new Thresholds.Rule(LABELS.get(1), true, false, 0.5, false));
    }

    @Test
    void refuses_a_table_of_another_model_or_of_none() {
        String rows = "0,A,yes,yes,0.3,yes\n1,B,yes,no,0.5,no\n";

        assertThat(catchThrowableOfType(
                        ThresholdsException.class,
                        () -> ThresholdsReader.read(
                                "t.csv", HEAD.replace("v7\n", "v7\nmodel,sha256:other\n") + rows, MODEL, false)))
                .hasMessage("t.csv: was made for the model sha256:other, the model in use is sha256:ab12;"
                        + " scores of two models cannot be compared, so thresholds have to be derived anew");
        assertThat(catchThrowableOfType(
                        ThresholdsException.class, () -> ThresholdsReader.read("t.csv", HEAD + rows, MODEL, true)))
                .hasMessage("t.csv: does not name its model: expected a line 'model,sha256:ab12' below the version,"
                        + " if it was made for the model in use");
        assertThat(ThresholdsReader.read("t.csv", HEAD + rows, MODEL, false).version())
                .isEqualTo("v7");
    }

    @Test
    void tells_all_mistakes_of_the_further_columns() {
        String text = LONG + "0,A,yes,yes,0.3,yes,0.4,0,x,many,-1\n1,B,yes,no,0.5,no,0,1,,,\n";

        assertThat(catchThrowableOfType(
                                ThresholdsException.class, () -> ThresholdsReader.read("t.csv", text, MODEL, true))
                        .problems())
                .containsExactly(
                        "line 4: indeterminateFrom is '0.4', expected a number above 0 and up to the threshold, 0.3",
                        "line 4: calibration slope must be in 0..1000 and more than 0, was 0.0",
                        "line 4: positives is 'many', expected a whole number or nothing",
                        "line 4: negatives is '-1', expected a whole number or nothing",
                        "line 5: indeterminateFrom is '0', expected a number above 0 and up to the threshold, 0.5",
                        "line 5: calibration intercept must be in -1000..1000, was NaN");
    }
}
