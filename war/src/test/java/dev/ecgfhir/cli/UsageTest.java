package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "inspect",
                "inspect --nonsense a.json",
                "inspect --maximum-points 0 a.json",
                "inspect --default-unit mm a.json",
                "embed --output x.npy --lead-order I,I a.json",
                "interpret --maximum-points many a.json",
                "interpret",
                "embed a.json",
                "embed --output b.npy",
                "embed a.json --output b.parquet",
                "model",
                "model info",
                "model run --model a.pth",
                "model download",
                "model download 2-lead",
                "model download 12-lead --url ftp://host/x.pth",
                "model download 12-lead --url http://a/x.pth --mirror http://a/",
                "model download 12-lead --sha256 12",
                "model download 12-lead --proxy nonsense",
                "model verify",
                "model verify --model a.pth --engine nonsense",
                "model verify --model a.pth --device nonsense",
                "model verify --model a.pth --sha256 12",
                "preprocess --input a.npy",
                "preprocess --input a.npy --sampling-frequency fast --output b.npy",
                "preprocess --input a.npy --sampling-frequency 100 --output b.npy",
                "preprocess --input a.npy --sampling-frequency 120 --mains 60 --output b.npy",
                "preprocess --input a.npy --sampling-frequency 2001 --output b.npy",
                "preprocess --input a.npy --sampling-frequency NaN --reference ptbxl --output b.npy",
                "preprocess --input a.npy --sampling-frequency 500 --mains 55 --output b.npy",
                "preprocess --input a.npy --sampling-frequency 500 --stage nonsense --output b.npy",
                "preprocess --input a.npy --sampling-frequency 500 --stage notch --reference zscore --output b.npy",
                "terminology",
                "terminology export",
                "serve nonsense",
                "serve --port many",
                "serve --flag",
                "demo --port many",
                "demo nonsense"
            })
    void wrong_usage_is_a_message_on_standard_error_and_code_2(String line) {
        CommandRun run = CommandRun.of((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("ecgfhir: ").contains("--help").doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "inspect --help",
                "interpret --help",
                "embed --help",
                "model --help",
                "model info --help",
                "model run --help",
                "model download --help",
                "model verify --help",
                "preprocess --help",
                "terminology --help",
                "terminology export --help",
                "serve --help",
                "demo --help"
            })
    void every_command_has_help(String line) {
        CommandRun run = CommandRun.of((Object[]) line.split(" "));
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: ecgfhir");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void help_lists_every_command() {
        assertThat(CommandRun.of("--help").out())
                .contains(List.of(
                        "inspect", "interpret", "embed", "model", "preprocess", "terminology", "demo", "serve"));
    }

    @Test
    void tells_its_version() {
        assertThat(CommandRun.of("--version").out()).matches("ECGFounder for FHIR \\d+\\.\\d+\\.\\d+.*\\R");
    }
}
