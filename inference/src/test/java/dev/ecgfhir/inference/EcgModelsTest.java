package dev.ecgfhir.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ecgfhir.inference.Thresholds.Rule;
import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcgModelsTest {
    private static final Path MICRO = Fixtures.path("model/variants/micro-1-lead.pth");
    private static final InferenceConfig CPU = new InferenceConfig("pytorch", "cpu", 1);

    @ParameterizedTest
    @CsvSource({"12, 15", "1, 12"}) // yes in report_12_lead and report_1_lead of the weights' own list
    void demonstration_weights_are_known_and_leave_untrained_outputs_unassessed(int leads, int reported) {
        try (LoadedModel demonstration = EcgModels.demonstration(leads, CPU)) {
            Thresholds thresholds = demonstration.thresholds();

            assertThat(demonstration.model().description().demonstration()).isTrue();
            assertThat(demonstration.model().description().leads()).isEqualTo(leads);
            assertThat(thresholds.version()).isEqualTo("demo-" + leads + "-lead-1");
            assertThat(thresholds.rules().stream().filter(Rule::assessed)).hasSize(34);
            assertThat(thresholds.rules().stream().filter(Rule::reported)).hasSize(reported);
            assertThat(thresholds.rules()).noneMatch(Rule::validated).allMatch(rule -> rule.threshold() == 0.5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 1})
    void exactly_the_outputs_that_have_weights_are_assessed(int leads) throws IOException {
        Path copy = Demonstration.of(leads).copy();
        Network network = CheckpointReader.read(copy);
        Files.delete(copy);
        float[] dense = network.weight("dense.weight");
        int features = network.architecture().features();
        Thresholds thresholds = Demonstration.of(leads).thresholds(Labels.of(150));

        for (Rule rule : thresholds.rules()) {
            int row = rule.label().index() * features;
            boolean trained = IntStream.range(row, row + features).anyMatch(i -> dense[i] != 0);
            assertThat(rule.assessed()).as(rule.label().name()).isEqualTo(trained);
        }
    }

    @Test
    void demonstration_weights_are_known_by_their_content_whatever_the_file_is_called(@TempDir Path folder)
            throws IOException {
        Path copy = Demonstration.TWELVE_LEAD.copy();
        Path renamed = Files.move(copy, folder.resolve("12_lead_ECGFounder.pth"));

        assertThat(EcgModels.describe(renamed).demonstration()).isTrue();
        try (LoadedModel loaded = EcgModels.load(renamed, CPU)) {
            assertThat(loaded.thresholds().version()).isEqualTo("demo-12-lead-1");
        }
    }

    @Test
    void there_are_no_demonstration_weights_for_three_leads() {
        assertThatThrownBy(() -> EcgModels.demonstration(3, CPU))
                .hasMessage("there are demonstration weights for 12 leads and for 1, not for 3");
    }

    @Test
    void a_checkpoint_without_a_table_gets_one_half_for_all_not_validated() {
        try (LoadedModel loaded = EcgModels.load(MICRO, CPU)) {
            assertThat(loaded.thresholds().version()).isEqualTo("default-0.5");
            assertThat(loaded.thresholds().rules())
                    .hasSize(150)
                    .allMatch(rule -> rule.threshold() == 0.5 && rule.assessed() && rule.reported())
                    .noneMatch(Rule::validated);
        }
    }

    @Test
    void a_table_beside_the_checkpoint_is_used(@TempDir Path folder) throws IOException {
        Path checkpoint = Files.copy(MICRO, folder.resolve("own.pth"));
        StringBuilder table = new StringBuilder("version,own-3\nindex,label,assessed,reported,threshold,validated\n");
        for (Label label : EcgModels.describe(checkpoint).labels()) {
            table.append(label.index()).append(',').append(label.name()).append(",yes,yes,0.25,yes\n");
        }
        Files.writeString(folder.resolve("own.thresholds.csv"), table);

        try (LoadedModel loaded = EcgModels.load(checkpoint, CPU)) {
            assertThat(loaded.thresholds().version()).isEqualTo("own-3");
            assertThat(loaded.thresholds().rule(149).threshold()).isEqualTo(0.25);
            assertThat(loaded.thresholds().rule(149).validated()).isTrue();
        }
    }

    @Test
    void a_gpu_that_is_asked_for_and_not_there_is_refused() {
        assertThatThrownBy(() -> EcgModels.load(MICRO, new InferenceConfig("auto", "gpu:99", 1)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("device 'gpu:99' was asked for")
                .satisfies(e -> assertThat(((EngineException) e).reason())
                        .isEqualTo(EngineException.Reason.DEVICE_UNAVAILABLE));
    }

    @Test
    void an_engine_that_does_not_exist_is_refused() {
        assertThatThrownBy(() -> EcgModels.load(MICRO, new InferenceConfig("abacus", "auto", 1)))
                .isInstanceOf(EngineException.class)
                .hasMessage("engine 'abacus' does not exist; use 'auto', 'pytorch' or 'vector'");
    }

    @Test
    void a_device_or_thread_count_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new InferenceConfig("auto", "cuda", 1))
                .hasMessage("device must be auto, cpu or gpu:N, was 'cuda'");
        assertThatThrownBy(() -> new InferenceConfig("auto", "cpu", 0)).hasMessage("threads must be in 1..256, was 0");
    }

    @Test
    void a_file_that_is_not_there_is_refused_by_name() {
        Path absent = Path.of("absent.pth");

        assertThatThrownBy(() -> EcgModels.describe(absent))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("no weights at absent.pth; the file must exist and be readable");
    }

    @Test
    void a_model_of_other_outputs_gets_numbered_labels() {
        assertThat(Labels.of(2)).isEqualTo(List.of(new Label(0, "OUTPUT 0"), new Label(1, "OUTPUT 1")));
        assertThat(Labels.of(150).get(149).index()).isEqualTo(149);
    }
}
