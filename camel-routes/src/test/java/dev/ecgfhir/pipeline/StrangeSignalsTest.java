package dev.ecgfhir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.Terminology;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no ECG, through the whole pipeline with the demonstration weights: refused, or no finding without a flag of quality. */
class StrangeSignalsTest {
    /** Flags that doubt the signal; others say how long it is or how it was read. */
    private static final Set<String> DOUBTS = Set.of(
            "NO_REPEATING_BEATS",
            "LEAD_REVERSAL",
            "MUSCLE_NOISE",
            "MAINS_NOISE",
            "BASELINE_WANDER",
            "SIGNAL_JUMP",
            "SATURATED",
            "FLAT_LEAD",
            "SILENT_WINDOW",
            "LOW_AMPLITUDE",
            "IMPLAUSIBLE_AMPLITUDE");

    private static List<LoadedModel> models;
    private static EcgInterpreter interpreter;

    @BeforeAll
    static void load() {
        models = List.of(
                EcgModels.demonstration(12, InferenceConfig.defaults()),
                EcgModels.demonstration(1, InferenceConfig.defaults()));
        interpreter = new EcgInterpreter(models, new Preprocessing(MainsFrequency.HERTZ_50), Terminology.labelMap());
    }

    @AfterAll
    static void close() {
        models.forEach(LoadedModel::close);
    }

    static Stream<Arguments> strange() {
        return Stream.of(Strange.values())
                .flatMap(strange -> Stream.of(5.0, 10.0, 20.0)
                        .flatMap(seconds -> Stream.of(125.0, 500.0)
                                .flatMap(hertz ->
                                        Stream.of(1, 12).map(leads -> Arguments.of(strange, seconds, hertz, leads)))));
    }

    @ParameterizedTest(name = "{0}, {1} s at {2} Hz, {3} leads")
    @MethodSource("strange")
    void no_finding_comes_without_a_doubt(Strange strange, double seconds, double hertz, int leads) {
        for (long seed = 0; seed < 3; seed++) {
            for (double millivolts : new double[] {0.05, 0.5, 5}) {
                Recordings recording = strange.recording(hertz, seconds, millivolts, new Random(seed));
                Outcome outcome = interpreter.interpret((leads == 1 ? recording.only(Lead.I) : recording).build());
                if (outcome instanceof Outcome.Interpreted interpreted) {
                    assertThat(doubts(interpreted.interpretation()))
                            .as(
                                    "doubts with seed %d, %s mV, findings %s",
                                    seed,
                                    millivolts,
                                    interpreted.interpretation().findings())
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void silence_and_constants_are_refused() {
        for (double level : new double[] {0, 1, -250}) {
            assertThat(interpreter.interpret(recordingOf(Recordings.recording().withAll(Recordings.constant(level)))))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo("FLAT_LEADS"));
        }
    }

    @Test
    void a_heartbeat_in_volts_or_microvolts_that_are_called_millivolts_is_refused_or_doubted() {
        for (double factor : new double[] {1e-6, 1e-3, 1e3, 1e6}) {
            for (double size : new double[] {0.2, 1, 3}) {
                Outcome outcome = interpreter.interpret(
                        recordingOf(Recordings.recording().withAll(Recordings.times(size * factor))));

                if (outcome instanceof Outcome.Interpreted interpreted) {
                    assertThat(doubts(interpreted.interpretation()))
                            .as("factor %s", factor)
                            .contains("IMPLAUSIBLE_AMPLITUDE");
                }
            }
        }
    }

    @Test
    void a_heartbeat_is_not_doubted() {
        Outcome outcome = interpreter.interpret(recordingOf(Recordings.recording()));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Interpreted.class,
                        done -> assertThat(done.interpretation().flags()).isEmpty());
    }

    private static Recording recordingOf(Recordings recordings) {
        return recordings.build();
    }

    private static Set<String> doubts(Interpretation interpretation) {
        return interpretation.flags().stream()
                .map(flag -> flag.split(":", 2)[0])
                .filter(DOUBTS::contains)
                .collect(Collectors.toSet());
    }

    enum Strange {
        WHITE_NOISE {
            @Override
            double[] signal(int samples, double hertz, Random random) {
                return random.doubles(samples, -1.7, 1.7).toArray();
            }
        },
        PINK_NOISE {
            /** Sum of leaky integrators of white noise, an octave apart or less (after P. Kellet's filter). */
            @Override
            double[] signal(int samples, double hertz, Random random) {
                double[] poles = {0.99765, 0.963, 0.57};
                double[] gains = {0.099, 0.2965, 1.0526};
                double[] states = new double[3];
                double[] signal = new double[samples];
                for (int i = 0; i < samples; i++) {
                    double white = random.nextGaussian();
                    for (int p = 0; p < 3; p++) {
                        states[p] = poles[p] * states[p] + white * gains[p];
                        signal[i] += states[p] / 3;
                    }
                }
                return signal;
            }
        },
        RANDOM_WALK {
            @Override
            double[] signal(int samples, double hertz, Random random) {
                double[] signal = new double[samples];
                for (int i = 1; i < samples; i++) {
                    signal[i] = 0.995 * signal[i - 1] + 0.1 * random.nextGaussian();
                }
                return signal;
            }
        },
        SAWTOOTH {
            @Override
            double[] signal(int samples, double hertz, Random random) {
                double perSecond = 0.3 + 3 * random.nextDouble();
                double[] signal = new double[samples];
                for (int i = 0; i < samples; i++) {
                    signal[i] = 2 * (i / hertz * perSecond % 1) - 1;
                }
                return signal;
            }
        },
        TEXT {
            @Override
            double[] signal(int samples, double hertz, Random random) {
                byte[] text =
                        "What is text doing in the data of an ECG? It has letters, spaces and a rhythm of its own. "
                                .getBytes(StandardCharsets.US_ASCII);
                int start = random.nextInt(text.length);
                double[] signal = new double[samples];
                for (int i = 0; i < samples; i++) {
                    // words change places, as they do in a text that is not always the same sentence
                    start = i % 40 == 0 ? random.nextInt(text.length) : start;
                    signal[i] = (text[(start + i) % text.length] - 90) / 30.0;
                }
                return signal;
            }
        };

        abstract double[] signal(int samples, double hertz, Random random);

        /** Limb leads keep Einthoven's law, so that it is not this law alone by which they are found out. */
        Recordings recording(double hertz, double seconds, double millivolts, Random random) {
            Recordings recording = Recordings.recording(hertz, seconds);
            int samples = (int) Math.round(hertz * seconds);
            double[] one = signal(samples, hertz, random);
            double[] two = signal(samples, hertz, random);
            for (Lead lead : Lead.twelve()) {
                double[] chest = signal(samples, hertz, random);
                recording.with(lead, old -> {
                    for (int i = 0; i < samples; i++) {
                        old[i] = millivolts
                                * switch (lead) {
                                    case I -> one[i];
                                    case II -> two[i];
                                    case III -> two[i] - one[i];
                                    case AVR -> -(one[i] + two[i]) / 2;
                                    case AVL -> one[i] - two[i] / 2;
                                    case AVF -> two[i] - one[i] / 2;
                                    case V1, V2, V3, V4, V5, V6 -> chest[i];
                                };
                    }
                    return old;
                });
            }
            return recording;
        }
    }
}
