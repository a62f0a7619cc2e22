package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.RecordedLead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.SamplingFrequency;
import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.recording.Waveform;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Synthetic recordings: a pulse each second on noise of a few microvolts, limb leads that follow Einthoven's law. Default: twelve
 * leads, 500 Hz, 10 s. Each change gives a new builder.
 */
final class Recordings {
    private static final long SEED = 4;

    private final Map<Lead, double[]> leads = new EnumMap<>(Lead.class);
    private final Map<Lead, Double> hertz = new EnumMap<>(Lead.class);
    private List<String> flags = List.of();

    private Recordings() {}

    static Recordings recording() {
        return recording(500, 10);
    }

    static Recordings recording(double hertz, double seconds) {
        Recordings made = new Recordings();
        int samples = (int) Math.round(hertz * seconds);
        double[] one = lead(samples, hertz, 0.8, 1);
        double[] two = lead(samples, hertz, 1.1, 2);
        for (Lead lead : Lead.twelve()) {
            double[] signal = new double[samples];
            double[] chest = lead(samples, hertz, 0.5 + 0.2 * lead.ordinal(), 3 + lead.ordinal());
            for (int i = 0; i < samples; i++) {
                signal[i] = switch (lead) {
                    case I -> one[i];
                    case II -> two[i];
                    case III -> two[i] - one[i];
                    case AVR -> -(one[i] + two[i]) / 2;
                    case AVL -> one[i] - two[i] / 2;
                    case AVF -> two[i] - one[i] / 2;
                    case V1, V2, V3, V4, V5, V6 -> chest[i];
                };
            }
            made.leads.put(lead, signal);
            made.hertz.put(lead, hertz);
        }
        return made;
    }

    static Recordings of(Recording recording) {
        Recordings made = new Recordings();
        recording.leads().forEach((lead, recorded) -> {
            made.leads.put(lead, recorded.waveform().millivolts());
            made.hertz.put(lead, recorded.waveform().frequency().hertz());
        });
        return made;
    }

    Recordings only(Lead... kept) {
        leads.keySet().retainAll(List.of(kept));
        return this;
    }

    Recordings without(Lead lead) {
        leads.remove(lead);
        return this;
    }

    Recordings with(Lead lead, UnaryOperator<double[]> change) {
        leads.put(lead, change.apply(leads.get(lead).clone()));
        return this;
    }

    Recordings withAll(UnaryOperator<double[]> change) {
        leads.replaceAll((lead, signal) -> change.apply(signal.clone()));
        return this;
    }

    Recordings withFrequency(Lead lead, double frequency) {
        hertz.put(lead, frequency);
        return this;
    }

    Recordings flagged(String... flag) {
        flags = List.of(flag);
        return this;
    }

    Recording build() {
        Map<Lead, RecordedLead> recorded = new EnumMap<>(Lead.class);
        leads.forEach((lead, signal) -> recorded.put(
                lead,
                new RecordedLead(lead, Waveform.of(new SamplingFrequency(hertz.get(lead)), signal), "test", false)));
        return new Recording(
                new SourceReference("test", Optional.of("Observation/1"), Optional.of("1")),
                recorded,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                flags,
                "00");
    }

    static UnaryOperator<double[]> gap(int from, int to) {
        return fill(from, to, Double.NaN);
    }

    static UnaryOperator<double[]> constant(double millivolts) {
        return signal -> {
            Arrays.fill(signal, millivolts);
            return signal;
        };
    }

    static UnaryOperator<double[]> fill(int from, int to, double millivolts) {
        return signal -> {
            Arrays.fill(signal, from, to, millivolts);
            return signal;
        };
    }

    static UnaryOperator<double[]> times(double factor) {
        return signal -> Arrays.stream(signal).map(value -> value * factor).toArray();
    }

    private static double[] lead(int samples, double hertz, double amplitude, int seed) {
        Random random = new Random(SEED + seed);
        double[] signal = new double[samples];
        for (int i = 0; i < samples; i++) {
            double sinceBeat = i / hertz % 1 - 0.3;
            double complex = Math.exp(-sinceBeat * sinceBeat / (2 * 0.015 * 0.015));
            double wave = 0.2 * Math.exp(-(sinceBeat - 0.3) * (sinceBeat - 0.3) / (2 * 0.06 * 0.06));
            signal[i] = amplitude * (complex + wave) + 0.004 * random.nextGaussian();
        }
        return signal;
    }
}
