package dev.ecgfhir.inference.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ecgfhir.inference.ModelInput;
import org.junit.jupiter.api.Test;

/** On a heart that is two loops in a plane: I looks at it from the left, II from below, V1 to V6 from the right to the left. */
class LeadAgreementTest {
    private static final double[] ANGLES = {0, 60, 120, 0, 0, 90, 115, 95, 75, 50, 30, 5};

    @Test
    void a_heart_agrees_with_itself() {
        LeadAgreement agreement = of(ANGLES.clone());

        assertThat(agreement.leadOne()).isPositive();
        assertThat(agreement.leadTwo()).isPositive();
        assertThat(agreement.chestOrder()).isEqualTo(1);
    }

    @Test
    void lead_one_upside_down_opposes_the_left_chest_leads() {
        double[] angles = ANGLES.clone();
        angles[0] = 180;

        assertThat(of(angles).leadOne()).isLessThan(-0.6);
    }

    @Test
    void a_lead_between_the_legs_is_flat() {
        float[][] leads = leads(ANGLES);
        leads[1] = new float[5000];
        LeadAgreement agreement = new LeadAgreement();
        agreement.add(ModelInput.of(leads));

        assertThat(agreement.limbStrengths()).containsExactly(new double[] {1, 0, 1}, within(1e-6));
    }

    @Test
    void exchanged_chest_leads_make_the_way_longer() {
        double[] angles = ANGLES.clone();
        angles[7] = ANGLES[10];
        angles[10] = ANGLES[7];

        assertThat(of(angles).chestOrder()).isLessThan(0.7);
    }

    @Test
    void windows_without_a_signal_say_nothing() {
        LeadAgreement agreement = new LeadAgreement();
        agreement.add(ModelInput.of(new float[12][5000]));

        assertThat(agreement.leadOne()).isZero();
        assertThat(agreement.limbStrengths()).containsOnly(0);
    }

    @Test
    void refuses_other_numbers_of_leads() {
        assertThatThrownBy(() -> new LeadAgreement().add(ModelInput.of(new float[1][5000])))
                .hasMessage("expected 12 leads, found 1");
    }

    private static LeadAgreement of(double[] angles) {
        LeadAgreement agreement = new LeadAgreement();
        agreement.add(ModelInput.of(leads(angles)));
        return agreement;
    }

    private static float[][] leads(double[] angles) {
        float[][] leads = new float[12][5000];
        for (int lead = 0; lead < 12; lead++) {
            double angle = Math.toRadians(angles[lead]);
            for (int i = 0; i < 5000; i++) {
                double sinceBeat = i / 500.0 % 1 - 0.4;
                double along = Math.exp(-sinceBeat * sinceBeat / (2 * 0.02 * 0.02));
                double across = Math.exp(-(sinceBeat - 0.03) * (sinceBeat - 0.03) / (2 * 0.02 * 0.02));
                leads[lead][i] = (float) (Math.cos(angle - 0.7) * along + 0.4 * Math.sin(angle) * across);
            }
        }
        return leads;
    }
}
