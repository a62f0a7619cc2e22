package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.ledger.LedgerListener;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.wiring.RunningServer;
import dev.ecgfhir.wiring.Server;
import dev.ecgfhir.wiring.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report as a site's server made it: on a server that wants a password, with thresholds and codes of the site. */
class VerifyAtSiteTest {
    private static final String PATIENT = "verify-at-site";

    @TempDir
    static Path folder;

    private static final Map<String, String> ACCESS = new HashMap<>();
    private static final Map<String, String> RULES = new HashMap<>();
    private static PasswordGate gate;
    private static String report;

    @BeforeAll
    static void deliver() throws Exception {
        gate = new PasswordGate(TestServer.server().baseUrl());
        ACCESS.put("ecgfhir.sources.hospital.url", gate.fhirUrl());
        ACCESS.put("ecgfhir.sources.hospital.auth", "basic");
        ACCESS.put("ecgfhir.sources.hospital.user", PasswordGate.USER);
        ACCESS.put("ecgfhir.sources.hospital.password", PasswordGate.PASSWORD);
        Path weights = CommandRun.weights(12, folder);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(weights)));
        try (var table = VerifyAtSiteTest.class.getResourceAsStream(
                "/dev/ecgfhir/inference/demonstration/demo-12-lead.thresholds.csv")) {
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("version,.*", "version,st-elsewhere-1\nmodel,sha256:" + hash)
                    .replaceFirst(",NORMAL ECG,yes,yes,[0-9.]+,no", ",NORMAL ECG,yes,yes,0.999999,no");
            RULES.put(
                    "ecgfhir.model.twelve-lead-thresholds",
                    Files.writeString(folder.resolve("site.thresholds.csv"), text)
                            .toString());
        }
        RULES.put("ecgfhir.model.twelve-lead", weights.toString());
        RULES.put("ecgfhir.terminology.scope", "global-patient-set");
        RULES.put(
                "ecgfhir.terminology.overlay",
                Files.writeString(
                                folder.resolve("site.csv"),
                                "# overlay st-elsewhere 1.0.0\nkind,label,system,code,display,equivalence,language\n"
                                        + "coding,ATRIAL FIBRILLATION,urn:oid:1.2.3,VHF,Vorhofflimmern,equivalent,\n")
                        .toString());
        Map<String, String> server = new HashMap<>(ACCESS);
        server.putAll(RULES);
        server.put("server.port", "0");
        server.put("ecgfhir.data-directory", folder.resolve("data").toString());
        server.put("ecgfhir.repository.enabled", "false");
        server.put("ecgfhir.sources.hospital.poll-interval", "200ms");
        server.put(
                "ecgfhir.sources.hospital.query", "patient=" + PATIENT + "&code=urn:oid:2.16.840.1.113883.6.24|131328");
        try (RunningServer site = Server.start(server)) {
            report = reported(site);
        }
    }

    @AfterAll
    static void close() {
        gate.close();
    }

    /** Has the site's server find an ECG behind the gate, and returns the address of its report. */
    private static String reported(RunningServer site) throws Exception {
        CompletableFuture<String> delivered = new CompletableFuture<>();
        LedgerListener listener = change -> {
            if (change.state().isFinished() && change.state() != State.IGNORED) { // what others found in it comes too
                delivered.complete(change.state() + " " + change.resource());
            }
        };
        site.ledger().addListener(listener);
        FhirContext context = FhirContext.forR4Cached();
        Observation ecg = context.newJsonParser()
                .parseResource(Observation.class, Files.readString(CommandRun.recording("ptbxl_00330", folder)));
        ecg.setSubject(new Reference("Patient/" + PATIENT));
        TestServer.post("/fhir/Observation", context.newJsonParser().encodeResourceToString(ecg));
        assertThat(delivered.get(60, TimeUnit.SECONDS)).startsWith("DELIVERED ");
        Bundle found = context.newJsonParser()
                .parseResource(
                        Bundle.class,
                        TestServer.get("/fhir/DiagnosticReport?patient=" + PATIENT + "&conclusion=urn:oid:1.2.3%7CVHF")
                                .body());
        assertThat(found.getEntry()).hasSize(1);
        return gate.fhirUrl() + "/DiagnosticReport/"
                + found.getEntryFirstRep().getResource().getIdElement().getIdPart();
    }

    private static CommandRun verify(List<Map<String, String>> settings, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("verify", report));
        arguments.addAll(List.of(more));
        settings.forEach(some -> some.forEach((key, value) -> arguments.add("--" + key + "=" + value)));
        return CommandRun.of(arguments.toArray());
    }

    @Test
    void with_the_servers_settings_the_report_is_made_again_and_agrees() {
        CommandRun run = verify(List.of(ACCESS, RULES), "--json");

        assertThat(run.code()).as(run.err() + run.out()).isZero();
        JsonNode line = run.json().get(0);
        assertThat(line.get("outcome").asText()).isEqualTo("ok");
        assertThat(line.get("recording").asText()).startsWith(gate.fhirUrl());
        assertThat(line.get("largestScoreDifference").asDouble()).isLessThan(1e-6);
        assertThat(run.out() + run.err()).doesNotContain(PasswordGate.PASSWORD);
    }

    @Test
    void settings_are_read_from_the_servers_own_file() throws IOException {
        StringBuilder file = new StringBuilder();
        List.of(ACCESS, RULES)
                .forEach(some -> some.forEach((key, value) ->
                        file.append(key).append(": \"").append(value).append("\"\n")));
        Path config = Files.writeString(folder.resolve("site.yaml"), file);

        CommandRun run = verify(List.of(Map.of("ecgfhir.config", config.toString())));

        assertThat(run.code()).as(run.err() + run.out()).isZero();
        assertThat(run.out()).contains("the ECG gives the same scores and findings");
    }

    @Test
    void without_the_sites_rules_it_says_which_differ() {
        CommandRun run = verify(List.of(ACCESS));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out())
                .contains("other settings or versions than the report's")
                .contains("thresholds: st-elsewhere-1 in the report")
                .containsPattern("terminology: .*st-elsewhere-1.0.0.* in the report")
                .contains("finding NORMAL ECG: not positive in the report, positive now");
    }

    @Test
    void without_credentials_it_says_that_none_were_sent() {
        CommandRun run = verify(List.of(RULES));

        assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("HTTP status 401", "no source or target of the settings has the address");
    }

    @Test
    void credentials_of_another_base_are_not_sent() {
        Map<String, String> other = new HashMap<>(ACCESS);
        other.put("ecgfhir.sources.hospital.url", gate.fhirUrl() + "/r4");

        CommandRun run = verify(List.of(other, RULES));

        assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("no credentials were sent");
    }

    @Test
    void wrong_credentials_are_told_by_the_servers_name() {
        Map<String, String> wrong = new HashMap<>(ACCESS);
        wrong.put("ecgfhir.sources.hospital.password", "guess-me");

        CommandRun run = verify(List.of(wrong, RULES));

        assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err())
                .contains("the credentials of 'hospital' were sent")
                .doesNotContain("guess-me");
    }

    @Test
    void settings_without_the_reports_network_are_wrong_usage() {
        CommandRun run = verify(List.of(
                ACCESS,
                Map.of(
                        "ecgfhir.model.single-lead",
                        CommandRun.weights(1, folder).toString())));

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("which is no network of the settings");
    }

    @Test
    void mistakes_of_the_settings_come_all_at_once() {
        CommandRun run = verify(List.of(
                Map.of("ecgfhir.inference.mains", "70", "ecgfhir.terminology.overlay", "/none.csv", "ecgfhir.x", "1")));

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("ecgfhir.x", "/none.csv");
    }
}
