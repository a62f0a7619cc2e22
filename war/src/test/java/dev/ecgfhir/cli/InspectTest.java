package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    private static final List<String> FIELDS =
            List.of("input", "resource", "outcome", "reason", "detail", "model", "seconds", "leads", "flags");

    @TempDir
    Path folder;

    @Test
    void shows_a_twelve_lead_recording() {
        Path file = CommandRun.recording("ptbxl_00292", folder);
        CommandRun run = CommandRun.of("inspect", "--json", file);
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode line = run.json().get(0);
        assertThat(names(line)).containsExactlyElementsOf(FIELDS);
        assertThat(line.get("input").asText()).isEqualTo(file.toString());
        assertThat(line.get("outcome").asText()).isEqualTo("ok");
        assertThat(line.get("reason").isNull()).isTrue();
        assertThat(line.get("model").asText()).isEqualTo("12-lead");
        assertThat(line.get("seconds").doubleValue()).isEqualTo(10.0);
        assertThat(names(line.get("leads")))
                .containsExactly("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");
        // range of lead I in the file: -115 to 969 units of 0.001 mV
        assertThat(line.get("leads").get("I").toString())
                .isEqualTo("{\"samples\":5000,\"samplingFrequency\":500.0,\"minMillivolts\":-0.115,"
                        + "\"maxMillivolts\":0.969,\"gaps\":0,\"derived\":false}");
    }

    @Test
    void prints_one_line_for_each_input_in_their_order_and_counts_a_file_that_is_not_there_as_refused() {
        Path one = CommandRun.recording("cinc17_A00027", folder);
        Path two = CommandRun.recording("ptbxl_00002", folder);
        CommandRun run = CommandRun.of("inspect", "--json", one, folder.resolve("missing.json"), two);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json()).extracting(line -> line.get("outcome").asText()).containsExactly("ok", "refused", "ok");
        assertThat(run.json())
                .extracting(line -> line.get("model").asText(null))
                .containsExactly("1-lead", null, "12-lead");
        JsonNode missing = run.json().get(1);
        assertThat(names(missing)).containsExactlyElementsOf(FIELDS);
        assertThat(missing.get("reason").asText()).isEqualTo("UNREADABLE");
        assertThat(missing.get("detail").asText()).contains("no such file");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void refuses_a_recording_that_is_too_short_for_any_model_and_still_shows_its_leads() throws IOException {
        Path file = folder.resolve("short.json");
        String samples = "0 100 -100 50 ".repeat(100).strip(); // 400 samples, 2 ms: 0.8 s
        Files.writeString(file, """
                {"resourceType":"Observation","id":"short","status":"final",
                 "code":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.24","code":"131329"}]},
                 "valueSampledData":{"origin":{"value":0,"system":"http://unitsofmeasure.org","code":"uV"},
                  "period":2,"dimensions":1,"data":"%s"}}
                """.formatted(samples));
        CommandRun run = CommandRun.of("inspect", "--json", file);
        assertThat(run.code()).isEqualTo(1);
        JsonNode line = run.json().get(0);
        assertThat(line.get("resource").asText()).isEqualTo("Observation/short");
        assertThat(line.get("outcome").asText()).isEqualTo("refused");
        assertThat(line.get("reason").asText()).isEqualTo("TOO_SHORT");
    }

    @Test
    void reads_what_an_ecg_leaves_open_as_the_options_say() throws IOException {
        String samples = "0 100 -100 50 ".repeat(1500).strip();
        String lead = """
                {"code":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.24","code":"131328"}]},
                 "valueSampledData":{"origin":{"value":0},"period":2,"dimensions":1,"data":"%s"}}""".formatted(samples);
        Path file = Files.writeString(folder.resolve("open.json"), """
                {"resourceType":"Observation","id":"open","status":"final",
                 "code":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.24","code":"131328"}]},
                 "component":[%s,%s]}
                """.formatted(lead, lead.replace("50", "70")));

        assertThat(reason(file)).isEqualTo("NO_KNOWN_LEAD");
        assertThat(reason(file, "--lead-order", "V1,I")).isEqualTo("NO_UNIT");
        assertThat(reason(file, "--lead-order", "V1,I", "--default-unit", "uV", "--maximum-points", "11999"))
                .isEqualTo("TOO_LONG");
        CommandRun run = CommandRun.of("inspect", "--json", file, "--lead-order", "V1,I", "--default-unit", "uV");
        assertThat(run.code()).as(run.out()).isZero();
        JsonNode line = run.json().get(0);
        assertThat(names(line.get("leads"))).containsExactly("I", "V1");
        assertThat(line.get("leads").get("V1").get("maxMillivolts").doubleValue())
                .isEqualTo(0.1);
        assertThat(line.get("flags").toString()).contains("LEAD_ORDER:V1,I", "DEFAULT_UNIT:uV");
    }

    private static String reason(Path file, String... options) {
        List<Object> arguments = new ArrayList<>(List.of("inspect", "--json", file));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray()).json().get(0).get("reason").asText();
    }

    @Test
    void ignored_inputs_alone_are_nothing_to_act_on() throws IOException {
        Path file = folder.resolve("weight.json");
        Files.writeString(file, """
                {"resourceType":"Observation","id":"w","status":"final",
                 "code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},
                 "valueQuantity":{"value":70,"system":"http://unitsofmeasure.org","code":"kg"}}
                """);
        CommandRun run = CommandRun.of("inspect", "--json", file);
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.json().get(0).get("outcome").asText()).isEqualTo("ignored");
    }

    @Test
    void reads_well_without_json() {
        CommandRun run =
                CommandRun.of("inspect", CommandRun.recording("ptbxl_00292", folder), folder.resolve("missing.json"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("ok  12 leads, 10.0 s, read by the 12-lead model")
                .contains("    aVR    5000 samples at  500.0 Hz   -0.851 to  0.104 mV")
                .contains("refused  UNREADABLE");
        assertThat(run.err()).isEqualTo("1 readable, 1 refused" + System.lineSeparator());
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
