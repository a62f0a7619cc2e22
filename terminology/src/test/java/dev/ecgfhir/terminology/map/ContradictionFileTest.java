package dev.ecgfhir.terminology.map;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.terminology.Terminology;
import org.junit.jupiter.api.Test;

class ContradictionFileTest {
    private static final String HEAD =
            "# contradictions 1.0.0 2026-11-24\nkind,name,first,second,yields,unless,reason\n";

    @Test
    void reports_every_mistake_at_once_with_line_and_rule() {
        String text = HEAD
                + "set,a,ATRIAL FIBRILLATION; FLUTTER,,,,\n"
                + "set,a,NORMAL ECG,,,,\n"
                + "apart,b,@a,,,,Why\n"
                + "against,c,NORMAL ECG,@none,ABNORMAL ECG,,\n"
                + "never,d,NORMAL ECG,ABNORMAL ECG,,,Why\n"
                + "apart,e\n";

        assertThatThrownBy(() -> ContradictionFile.parse(text, "my.csv", Terminology.labelMap()))
                .isInstanceOf(LabelMapException.class)
                .hasMessage(String.join(
                        "\n  ",
                        "my.csv has 9 mistakes:",
                        "line 3 'a': no label 'FLUTTER'",
                        "line 4 'a': set a stands above already",
                        "line 5 'b': a rule needs two labels at least",
                        "line 6 'c': no set @none stands above",
                        "line 6 'c': a rule needs two labels at least",
                        "line 6 'c': what yields must be in every pair of the rule, was 'ABNORMAL ECG'",
                        "line 6 'c': reason is missing",
                        "line 7 'd': kind must be set, apart or against, was 'never'",
                        "line 8 'e': 7 fields expected, found 2"));
    }

    @Test
    void refuses_a_file_without_title_and_columns() {
        assertThatThrownBy(() -> ContradictionFile.parse("apart,b\n", "my.csv", Terminology.labelMap()))
                .hasMessageContaining("must begin with '# contradictions VERSION DATE'");
    }
}
