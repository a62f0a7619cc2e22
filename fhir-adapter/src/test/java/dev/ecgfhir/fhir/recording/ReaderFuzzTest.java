package dev.ecgfhir.fhir.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** Random damage to Observations and to their text never throws, and every refusal says what, where and what was expected. */
class ReaderFuzzTest {
    private static final List<BigDecimal> DECIMALS = List.of(
            BigDecimal.ZERO,
            new BigDecimal("-1"),
            new BigDecimal("1E+999999999"),
            new BigDecimal("1E-999999999"),
            new BigDecimal("0.001"),
            new BigDecimal("9".repeat(60)),
            new BigDecimal("1.953125"));
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "mV",
            "uV",
            "131329",
            "131393",
            "I",
            "Lead II",
            "E E E",
            "1 2 3",
            "1e400",
            "NaN",
            "\u0000",
            "\uD83D\uDE00",
            "a".repeat(5000),
            "2:257",
            "::",
            "2:");
    private static final List<BiConsumer<Observation, Random>> DAMAGE = List.of(
            (o, r) -> o.setStatus(pick(r, List.of(Observation.ObservationStatus.values()))),
            (o, r) -> o.setStatus(null),
            (o, r) -> o.setCode(null),
            (o, r) -> o.getCode().setText(pick(r, WORDS)),
            (o, r) -> o.getComponent().clear(),
            (o, r) -> o.addComponent(),
            (o, r) -> o.setValue(new SampledData()),
            (o, r) -> o.setValue(new StringType(pick(r, WORDS))),
            (o, r) -> o.getMeta().addTag(new Coding(null, pick(r, List.of("SUBSETTED", "x")), null)),
            (o, r) -> component(o, r).setCode(null),
            (o, r) -> component(o, r)
                    .getCode()
                    .addCoding(new Coding(
                            pick(r, List.of(EcgObservation.MDC, EcgObservation.LOINC, "x", "")),
                            pick(r, WORDS),
                            pick(r, WORDS))),
            (o, r) -> component(o, r).setValue(null),
            (o, r) -> component(o, r).setValue(new Quantity()),
            (o, r) -> component(o, r).setValue(new SampledData()),
            (o, r) -> component(o, r).getDataAbsentReason().setText("x"),
            (o, r) -> o.addComponent(component(o, r).copy()),
            (o, r) -> sampled(o, r).setOrigin(null),
            (o, r) -> sampled(o, r).getOrigin().setValue(pick(r, DECIMALS)),
            (o, r) -> sampled(o, r).getOrigin().setCode(pick(r, WORDS)),
            (o, r) -> sampled(o, r).getOrigin().setUnit(pick(r, WORDS)),
            (o, r) -> sampled(o, r).getOrigin().setSystem(pick(r, WORDS)),
            (o, r) -> sampled(o, r).setFactor(pick(r, DECIMALS)),
            (o, r) -> sampled(o, r).setPeriod(pick(r, DECIMALS)),
            (o, r) -> sampled(o, r).setDimensions(1 + r.nextInt(12)),
            (o, r) -> sampled(o, r).setDimensionsElement(null),
            (o, r) -> sampled(o, r).setData(pick(r, WORDS)),
            (o, r) -> sampled(o, r).setData(EcgObservation.data(1 + r.nextInt(3000), r.nextInt())));

    @Test
    void damaged_observations_never_throw() {
        long seed = 20_261_124;
        Random random = new Random(seed);
        ObservationReader reader = new ObservationReader(ReadOptions.defaults());
        Map<RefusalReason, Integer> reasons = new EnumMap<>(RefusalReason.class);
        int read = 0;
        for (int round = 0; round < 3000; round++) {
            EcgObservation observation = EcgObservation.empty();
            Lead.twelve()
                    .forEach(lead ->
                            observation.lead(EcgObservation.MDC, EcgObservation.CODES.get(lead), "1 2 3 -4 E 5"));
            int hits = 1 + random.nextInt(3);
            for (int i = 0; i < hits; i++) {
                observation.with(o -> pick(random, DAMAGE).accept(o, random));
            }
            ReadOutcome[] outcome = new ReadOutcome[1];
            assertThatCode(() -> outcome[0] = reader.read(observation.build(), "test"))
                    .as("seed %d, round %d", seed, round)
                    .doesNotThrowAnyException();
            if (outcome[0] instanceof ReadOutcome.Refused refused) {
                reasons.merge(refused.reason(), 1, Integer::sum);
                assertThat(refused.element()).startsWith("Observation");
                assertThat(refused.detail())
                        .hasSizeLessThan(400)
                        .contains("expected")
                        .doesNotContain("aaaaaaaaaa");
            } else if (outcome[0] instanceof ReadOutcome.Read) {
                read++;
            }
        }
        assertThat(read).isPositive();
        assertThat(reasons.keySet())
                .contains(
                        RefusalReason.BAD_DATA,
                        RefusalReason.BAD_PERIOD,
                        RefusalReason.BAD_SAMPLED_DATA,
                        RefusalReason.BAD_SAMPLING_FREQUENCY,
                        RefusalReason.BAD_UNIT,
                        RefusalReason.CONFLICTING_LEAD,
                        RefusalReason.NO_DATA,
                        RefusalReason.SUBSETTED,
                        RefusalReason.UNEQUAL_LENGTHS,
                        RefusalReason.UNSUPPORTED_FORM,
                        RefusalReason.UNREADABLE);
    }

    @Test
    void damaged_text_never_throws() throws IOException {
        Observation small = EcgObservation.single(EcgObservation.MDC, "131329", "1 2 3 4 5 6 7 8 9")
                .build();
        String real = Files.readString(Path.of("src/test/resources/recordings/fhir/cinc17_A00027.json"));
        damage(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(small), 3000, 1);
        damage(FhirContext.forR4Cached().newXmlParser().encodeResourceToString(small), 3000, 2);
        damage(real, 200, 3);
    }

    private static void damage(String text, int rounds, long seed) {
        Random random = new Random(seed);
        ObservationReader reader = new ObservationReader(ReadOptions.defaults());
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            String damaged = damaged(text, random);
            ReadOutcome[] outcome = new ReadOutcome[1];
            assertThatCode(() -> outcome[0] = reader.read(damaged, "test"))
                    .as("seed %d, round %d", seed, round)
                    .doesNotThrowAnyException();
            refused += outcome[0] instanceof ReadOutcome.Refused ? 1 : 0;
        }
        assertThat(refused).as("refused of %d", rounds).isGreaterThan(rounds / 10);
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        int hits = 1 + random.nextInt(4);
        for (int i = 0; i < hits; i++) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.setCharAt(at, (char) random.nextInt(128));
                case 2 -> damaged.insert(at, pick(random, WORDS.subList(0, WORDS.size() - 4)));
                case 3 -> damaged.setLength(Math.max(1, random.nextInt(20) == 0 ? at : damaged.length()));
                default -> throw new IllegalStateException();
            }
        }
        return damaged.toString();
    }

    private static Observation.ObservationComponentComponent component(Observation observation, Random random) {
        if (observation.getComponent().isEmpty()) {
            return observation.addComponent();
        }
        return pick(random, observation.getComponent());
    }

    private static SampledData sampled(Observation observation, Random random) {
        Observation.ObservationComponentComponent component = component(observation, random);
        if (!component.hasValueSampledData()) {
            component.setValue(new SampledData());
        }
        return component.getValueSampledData();
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
