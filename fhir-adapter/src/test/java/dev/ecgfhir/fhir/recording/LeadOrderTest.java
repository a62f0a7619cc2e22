package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ECGs whose leads nothing names, from a source whose operator has stated their order. */
class LeadOrderTest {
    private static final String CABRERA = "aVL,I,aVR,II,aVF,III,V1,V2,V3,V4,V5,V6";
    private static final LeadOrder ORDER = LeadOrder.parse(CABRERA).orElseThrow();
    private static final int SAMPLES = 5000;

    private static EcgObservation unnamed(int leads) {
        EcgObservation built = EcgObservation.empty();
        for (int i = 0; i < leads; i++) {
            built.lead(EcgObservation.MDC, "131328", EcgObservation.data(SAMPLES, i));
        }
        return built;
    }

    /** The same leads in one series. */
    private static EcgObservation interlaced(int samples) {
        List<String[]> leads = IntStream.range(0, 12)
                .mapToObj(i -> EcgObservation.data(samples, i).split(" "))
                .toList();
        String data = IntStream.range(0, samples)
                .mapToObj(t -> leads.stream().map(lead -> lead[t]).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" "));
        return EcgObservation.single(EcgObservation.MDC, "131328", data)
                .with(ecg -> ecg.getValueSampledData().setDimensions(12));
    }

    private static Recording read(EcgObservation ecg) {
        ReadOutcome outcome = ecg.read(ReadOptions.defaults().withLeadOrder(ORDER));
        assertThat(outcome).isInstanceOf(ReadOutcome.Read.class);
        return ((ReadOutcome.Read) outcome).recording();
    }

    private static ReadOutcome.Refused refused(EcgObservation ecg) {
        ReadOutcome outcome = ecg.read(ReadOptions.defaults().withLeadOrder(ORDER));
        assertThat(outcome).isInstanceOf(ReadOutcome.Refused.class);
        return (ReadOutcome.Refused) outcome;
    }

    private static double[] millivolts(Recording recording, Lead lead) {
        RecordedLead recorded = recording.leads().get(lead);
        assertThat(recorded).isNotNull();
        return recorded.waveform().millivolts();
    }

    private static double[] written(int seed) {
        return List.of(EcgObservation.data(SAMPLES, seed).split(" ")).stream()
                .mapToDouble(text -> Double.parseDouble(text + "e-3"))
                .toArray();
    }

    @Test
    void components_without_a_leads_name_are_refused_unless_their_order_is_stated() {
        assertThat(unnamed(12).refusal().reason()).isEqualTo(RefusalReason.NO_KNOWN_LEAD);

        Recording recording = read(unnamed(12));

        assertThat(recording.leads()).hasSize(12);
        assertThat(millivolts(recording, Lead.AVL)).containsExactly(written(0));
        assertThat(millivolts(recording, Lead.II)).containsExactly(written(3));
        assertThat(millivolts(recording, Lead.V6)).containsExactly(written(11));
        assertThat(recording.flags()).contains("LEAD_ORDER:" + CABRERA);
    }

    @Test
    void interlaced_leads_give_what_components_give() {
        assertThat(interlaced(SAMPLES).refusal().reason()).isEqualTo(RefusalReason.UNSUPPORTED_FORM);

        Recording recording = read(interlaced(SAMPLES));

        assertThat(recording.contentHash()).isEqualTo(read(unnamed(12)).contentHash());
        assertThat(recording.flags()).contains("LEAD_ORDER:" + CABRERA);
    }

    @Test
    void points_beyond_the_limits_count_for_their_own_lead() {
        EcgObservation ecg = interlaced(SAMPLES);
        ecg.with(one -> {
            String[] points = one.getValueSampledData().getData().split(" ");
            points[12 + 3] = "U"; // second sample of the fourth lead
            one.getValueSampledData().setData(String.join(" ", points));
        });

        Recording recording = read(ecg);

        assertThat(recording.flags()).contains("BEYOND_LIMITS:II=1");
        assertThat(millivolts(recording, Lead.II)[1]).isNaN();
        assertThat(millivolts(recording, Lead.I)[1]).isNotNaN();
    }

    @Test
    void a_waveform_more_or_less_than_the_order_has_refuses_the_ecg() {
        ReadOutcome.Refused refused = refused(unnamed(11));

        assertThat(refused.reason()).isEqualTo(RefusalReason.NO_KNOWN_LEAD);
        assertThat(refused.detail())
                .startsWith("11 waveforms name no lead, and the lead order in the source's settings has 12 leads");
        assertThat(refused(interlaced(SAMPLES)
                                .with(ecg -> ecg.getValueSampledData().setDimensions(8)))
                        .element())
                .isEqualTo("Observation.valueSampledData.dimensions");
    }

    @Test
    void points_that_do_not_divide_among_the_leads_refuse_the_ecg() {
        ReadOutcome.Refused refused = refused(interlaced(SAMPLES)
                .with(ecg -> ecg.getValueSampledData()
                        .setData(ecg.getValueSampledData().getData() + " 1")));

        assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_SAMPLED_DATA);
        assertThat(refused.detail()).contains("60001 points and dimensions is 12");
    }

    @Test
    void where_one_waveform_names_its_lead_the_order_says_nothing() {
        Observation ecg = unnamed(12).build();
        ecg.getComponent().get(3).getCode().setText("V2");

        ReadOutcome outcome = new ObservationReader(ReadOptions.defaults().withLeadOrder(ORDER)).read(ecg, "test");

        assertThat(((ReadOutcome.Read) outcome).recording().leads()).containsOnlyKeys(Lead.V2);
    }

    @Test
    void the_longest_ecg_holds_for_all_interlaced_leads_together() {
        ReadOutcome outcome = interlaced(SAMPLES)
                .read(ReadOptions.defaults().withLeadOrder(ORDER).withMaximumPoints(12 * SAMPLES - 1));

        assertThat(((ReadOutcome.Refused) outcome).reason()).isEqualTo(RefusalReason.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "I,II,I", "I;II", "I,II,V7", "I,,II", "-aVR"})
    void an_order_names_standard_leads_each_once(String text) {
        assertThat(LeadOrder.parse(text)).isEmpty();
    }

    @Test
    void an_order_is_not_empty() {
        assertThatThrownBy(() -> new LeadOrder(List.of()))
                .hasMessage("a lead order must name 1..12 leads, each once, was []");
    }
}
