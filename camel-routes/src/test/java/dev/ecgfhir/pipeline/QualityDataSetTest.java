package dev.ecgfhir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ecgfhir.fhir.file.RecordingFiles;
import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often each flag of quality is raised on the recordings of the directory that {@code -Decg.data=DIR} names, as they are and with
 * electrodes exchanged in arithmetic. Prints the rates that docs/reading-ecgs.md states. Skipped without the directory.
 */
class QualityDataSetTest {
    private static final Logger LOG = LoggerFactory.getLogger(QualityDataSetTest.class);
    private static final Preprocessing PREPROCESSING = new Preprocessing(MainsFrequency.HERTZ_50);
    private static final Gate GATE = new Gate(MainsFrequency.HERTZ_50);

    private static Path data;

    @BeforeAll
    static void find() {
        String directory = System.getProperty("ecg.data", "");
        assumeFalse(directory.isBlank(), "no -Decg.data=DIR was given");
        data = Path.of(directory);
    }

    @Test
    void few_good_recordings_of_twelve_leads_are_flagged() throws IOException {
        Map<String, List<String>> rates = rates("wfdb12", name -> true, LeadSet.TWELVE_LEAD);

        rates.forEach((code, names) -> assertThat(names).as(code).hasSizeLessThanOrEqualTo(12));
        assertThat(rates.get("LEAD_REVERSAL")).hasSizeLessThanOrEqualTo(4);
        assertThat(rates.get("NO_REPEATING_BEATS")).hasSizeLessThanOrEqualTo(1);
        assertThat(rates).doesNotContainKeys("LOW_AMPLITUDE", "IMPLAUSIBLE_AMPLITUDE", "SILENT_WINDOW");
    }

    @Test
    void the_noisy_class_is_flagged_and_the_others_seldom() throws IOException {
        List<String> noisy = Files.readAllLines(data.resolve("index.csv")).stream()
                .filter(line -> line.contains("too noisy"))
                .map(line -> line.substring(line.indexOf('/') + 1, line.indexOf(".hea")))
                .toList();

        Map<String, List<String>> flagged = rates("wfdb1", noisy::contains, LeadSet.SINGLE_LEAD);
        Map<String, List<String>> good = rates("wfdb1", name -> !noisy.contains(name), LeadSet.SINGLE_LEAD);

        assertThat(noisy).hasSize(15);
        assertThat(flagged.get("NO_REPEATING_BEATS")).hasSizeGreaterThanOrEqualTo(13);
        assertThat(good.get("NO_REPEATING_BEATS")).hasSizeLessThanOrEqualTo(26);
    }

    @Test
    void exchanged_electrodes_are_suspected() throws IOException {
        Map<Exchange, Integer> found = new TreeMap<>();
        int usable = 0;
        for (Recording recording : recordings("wfdb12", name -> true).values()) {
            if (GATE.check(recording, LeadSet.TWELVE_LEAD) instanceof GateOutcome.Refused) {
                continue;
            }
            usable++;
            for (Exchange exchange : Exchange.values()) {
                boolean suspected = flags(exchange.of(recording), LeadSet.TWELVE_LEAD).stream()
                        .anyMatch(flag -> flag.startsWith("LEAD_REVERSAL"));
                found.merge(exchange, suspected ? 1 : 0, Integer::sum);
            }
        }
        for (Map.Entry<Exchange, Integer> entry : found.entrySet()) {
            LOG.info("{}: suspected in {} of {}", entry.getKey(), entry.getValue(), usable);
        }

        assertThat(found.get(Exchange.NONE)).isLessThanOrEqualTo(4);
        assertThat(found.get(Exchange.RA_LA)).isGreaterThan(usable * 8 / 10);
        assertThat(found.get(Exchange.RA_LL)).isGreaterThan(usable * 8 / 10);
        assertThat(found.get(Exchange.RA_RL)).isGreaterThan(usable * 95 / 100);
        assertThat(found.get(Exchange.LA_RL)).isGreaterThan(usable * 95 / 100);
    }

    private static Map<String, List<String>> rates(String folder, Predicate<String> chosen, LeadSet leads)
            throws IOException {
        Map<String, List<String>> flagged = new TreeMap<>();
        Map<String, Recording> recordings = recordings(folder, chosen);
        recordings.forEach((name, recording) -> flags(recording, leads).stream()
                .map(flag -> flag.split(":", 2)[0])
                .distinct()
                .forEach(code ->
                        flagged.computeIfAbsent(code, none -> new ArrayList<>()).add(name)));
        flagged.forEach(
                (code, names) -> LOG.info("{} {}: {} of {} {}", folder, code, names.size(), recordings.size(), names));
        return flagged;
    }

    private static List<String> flags(Recording recording, LeadSet leads) {
        GateOutcome outcome = GATE.check(recording, leads);
        if (outcome instanceof GateOutcome.Refused refused) {
            return List.of("refused " + refused.reason());
        }
        GatedSignal signal = ((GateOutcome.Passed) outcome).signal();
        WindowQuality quality = new WindowQuality(leads);
        PREPROCESSING.prepare(signal.millivolts(), signal.hertz(), quality::judge);
        List<String> flags = new ArrayList<>(signal.flags());
        flags.addAll(quality.flags(signal.flags()));
        return flags;
    }

    private static Map<String, Recording> recordings(String folder, Predicate<String> chosen) throws IOException {
        RecordingFiles files = new RecordingFiles(ReadOptions.defaults());
        Map<String, Recording> recordings = new LinkedHashMap<>();
        try (Stream<Path> found = Files.list(data.resolve(folder))) {
            for (Path file : found.sorted().toList()) {
                String name = file.getFileName().toString().replace(".hea", "");
                if (file.toString().endsWith(".hea") && chosen.test(name)) {
                    try (var entries = files.open(file)) {
                        entries.forEach(
                                entry -> recordings.put(name, ((ReadOutcome.Read) entry.outcome()).recording()));
                    }
                }
            }
        }
        return recordings;
    }

    /** What a recording would be with electrodes exchanged; the potentials of both legs are taken as equal. */
    private enum Exchange {
        NONE,
        RA_LA,
        LA_LL,
        RA_LL,
        RA_TO_LA_TO_LL,
        RA_TO_LL_TO_LA,
        RA_RL,
        LA_RL,
        ARMS_AND_LEGS,
        V1_V2,
        V2_V3,
        V3_V4,
        V4_V5,
        V5_V6,
        V1_V3,
        V4_V6,
        V1_V6;

        /** The potentials of RA, LA and LL: RA is taken as 0, so LA is lead I and LL lead II. */
        Recording of(Recording recording) {
            double[] one = millivolts(recording, Lead.I);
            double[] two = millivolts(recording, Lead.II);
            Recordings changed = Recordings.of(recording);
            for (Lead lead : Lead.twelve()) {
                double[] old = millivolts(recording, source(lead));
                double[] signal = new double[old.length];
                for (int i = 0; i < signal.length; i++) {
                    double[] p = potentials(0, one[i], two[i]);
                    double terminal = (p[0] + p[1] + p[2]) / 3 - (one[i] + two[i]) / 3;
                    signal[i] = switch (lead) {
                        case I -> p[1] - p[0];
                        case II -> p[2] - p[0];
                        case III -> p[2] - p[1];
                        case AVR -> p[0] - (p[1] + p[2]) / 2;
                        case AVL -> p[1] - (p[0] + p[2]) / 2;
                        case AVF -> p[2] - (p[0] + p[1]) / 2;
                        case V1, V2, V3, V4, V5, V6 -> old[i] - terminal;
                    };
                }
                changed.with(lead, before -> signal);
            }
            return changed.build();
        }

        private double[] potentials(double ra, double la, double ll) {
            return switch (this) {
                case RA_LA -> new double[] {la, ra, ll};
                case LA_LL -> new double[] {ra, ll, la};
                case RA_LL -> new double[] {ll, la, ra};
                case RA_TO_LA_TO_LL -> new double[] {ll, ra, la};
                case RA_TO_LL_TO_LA -> new double[] {la, ll, ra};
                case RA_RL -> new double[] {ll, la, ll};
                case LA_RL -> new double[] {ra, ll, ll};
                case ARMS_AND_LEGS -> new double[] {ll, ll, la};
                case NONE, V1_V2, V2_V3, V3_V4, V4_V5, V5_V6, V1_V3, V4_V6, V1_V6 -> new double[] {ra, la, ll};
            };
        }

        private Lead source(Lead lead) {
            if (!name().startsWith("V")) {
                return lead;
            }
            Lead first = Lead.valueOf(name().substring(0, 2));
            Lead second = Lead.valueOf(name().substring(3));
            return lead == first ? second : lead == second ? first : lead;
        }

        private static double[] millivolts(Recording recording, Lead lead) {
            return recording.leads().get(lead).waveform().millivolts();
        }
    }
}
