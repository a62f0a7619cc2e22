package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EinthovenResidualsTest {
    @Test
    void leads_that_follow_the_laws_leave_nothing_whatever_their_offsets() {
        double[][] leads = lawful();
        for (int i = 0; i < leads[3].length; i++) {
            leads[3][i] += 12;
        }

        EinthovenResiduals residuals = EinthovenResiduals.measure(leads);

        assertThat(residuals.iii()).isCloseTo(0, within(1e-12));
        assertThat(residuals.avr()).isCloseTo(0, within(1e-6));
        assertThat(residuals.largestRelative()).isLessThan(1e-6);
    }

    @Test
    void swapped_leads_leave_much() {
        double[][] leads = lawful();
        double[] one = leads[0];
        leads[0] = leads[1];
        leads[1] = one;

        assertThat(EinthovenResiduals.measure(leads).largestRelative()).isGreaterThan(0.3);
    }

    @Test
    void an_inverted_lead_leaves_twice_itself() {
        double[][] leads = lawful();
        EinthovenResiduals before = EinthovenResiduals.measure(leads);
        leads[5] = negated(leads[5]);

        EinthovenResiduals residuals = EinthovenResiduals.measure(leads);

        assertThat(before.avf()).isCloseTo(0, within(1e-9));
        assertThat(residuals.avf()).isGreaterThan(0.05);
        assertThat(residuals.iii()).isCloseTo(0, within(1e-9));
    }

    @Test
    void swapped_arm_electrodes_cannot_be_seen() {
        double[][] leads = lawful();
        double[][] swapped = {negated(leads[0]), leads[2], leads[1], leads[4], leads[3], leads[5]};

        assertThat(EinthovenResiduals.measure(swapped).largestRelative()).isLessThan(1e-9);
    }

    @Test
    void constant_leads_leave_nothing() {
        assertThat(EinthovenResiduals.measure(new double[6][100]).largestRelative())
                .isZero();
    }

    @Test
    void refuses_leads_of_differing_length() {
        double[][] leads = lawful();
        leads[2] = new double[7];

        assertThatThrownBy(() -> EinthovenResiduals.measure(leads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one length");
    }

    private static double[][] lawful() {
        double[][] signal = ReferenceSignals.named("500-12-lead").stage("input");
        double[] one = signal[0];
        double[] two = signal[7];
        double[][] leads = new double[6][one.length];
        for (int i = 0; i < one.length; i++) {
            leads[0][i] = one[i];
            leads[1][i] = two[i];
            leads[2][i] = two[i] - one[i];
            leads[3][i] = -(one[i] + two[i]) / 2;
            leads[4][i] = one[i] - two[i] / 2;
            leads[5][i] = two[i] - one[i] / 2;
        }
        return leads;
    }

    private static double[] negated(double[] lead) {
        double[] negated = new double[lead.length];
        for (int i = 0; i < lead.length; i++) {
            negated[i] = -lead[i];
        }
        return negated;
    }
}
