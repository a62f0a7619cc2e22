package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a site's own thresholds and codes, limited to the SNOMED CT Global Patient Set. */
class SiteSettingsTest {
    private static final String WEIGHTS = "/dev/ecgfhir/inference/demonstration/demo-12-lead";
    private static final Pattern SNOMED_CT =
            Pattern.compile("\"system\":\"http://snomed.info/sct\",\"code\":\"([0-9]+)\"");

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static String report;

    @BeforeAll
    static void start() throws Exception {
        String table = new String(bytes(WEIGHTS + ".thresholds.csv"), StandardCharsets.UTF_8)
                .replaceFirst("version,.*", "version,st-elsewhere-1\nmodel,sha256:" + sha256(bytes(WEIGHTS + ".pth")))
                .replaceFirst(",NORMAL ECG,yes,yes,[0-9.]+,no", ",NORMAL ECG,yes,yes,0.999999,no");
        Path thresholds = Files.writeString(folder.resolve("site.thresholds.csv"), table);
        Path overlay = Files.writeString(
                folder.resolve("site.csv"),
                "# overlay st-elsewhere 1.0.0\nkind,label,system,code,display,equivalence,language\n"
                        + "coding,ATRIAL FIBRILLATION,urn:oid:1.2.3,VHF,Vorhofflimmern,equivalent,\n"
                        + "display,ATRIAL FIBRILLATION,,,Vorhofflimmern (Haus),,de-CH\n");
        server = Server.start(Map.ofEntries(
                Map.entry("server.port", "0"),
                Map.entry("ecgfhir.data-directory", folder.resolve("data").toString()),
                Map.entry("ecgfhir.model.demonstration", "true"),
                Map.entry("ecgfhir.model.twelve-lead-thresholds", thresholds.toString()),
                Map.entry("ecgfhir.terminology.scope", "global-patient-set"),
                Map.entry("ecgfhir.terminology.overlay", overlay.toString()),
                Map.entry("ecgfhir.repository.enabled", "false"),
                Map.entry("ecgfhir.interpret.maximum-points", "60000"),
                Map.entry("ecgfhir.interpret.default-unit", "V"),
                Map.entry("ecgfhir.interpret.lead-order", "II")));
        report = interpreted(server);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = SiteSettingsTest.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String interpreted(RunningServer by) {
        return interpreted(by, "en");
    }

    private static String interpreted(RunningServer by, String language) {
        return TestServer.post(
                        by,
                        "/fhir/Observation/$interpret",
                        language,
                        FhirContext.forR4Cached()
                                .newJsonParser()
                                .encodeResourceToString(DeliveredReport.recording("ptbxl_00330")))
                .body();
    }

    /** As the reader likes best among the report's languages, with the site's name in that language. */
    @Test
    void answers_in_the_readers_language_with_the_names_of_the_site() {
        DiagnosticReport german = report(interpreted(server, "fr-CH;q=0.5, de-CH, en;q=0.1"));
        DiagnosticReport french = report(interpreted(server, "fr-CH, de;q=0.5"));
        DiagnosticReport other = report(interpreted(server, "it"));

        assertThat(german.getLanguage()).isEqualTo("de");
        assertThat(german.getConclusion()).contains("Vorhofflimmern (Haus)", "von keiner Person bestätigt");
        assertThat(german.getText().getDivAsString()).contains("Vorhofflimmern (Haus)");
        assertThat(french.getLanguage()).isEqualTo("fr");
        assertThat(french.getConclusion()).contains("Fibrillation atriale").doesNotContain("Haus");
        assertThat(other.getConclusion()).contains("Atrial fibrillation").doesNotContain("Haus");
    }

    private static DiagnosticReport report(String bundle) {
        return DeliveredReport.parse(Bundle.class, bundle).getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(DiagnosticReport.class::isInstance)
                .map(DiagnosticReport.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> labels(String bundle) {
        return new DeliveredReport("", "", DeliveredReport.parse(Bundle.class, bundle)).labels();
    }

    private static ConceptMap map(ConceptScope scope) {
        return Terminology.resources(scope).stream()
                .filter(one -> one.getUrl().equals(Terminology.LABELS_TO_SNOMED_CT))
                .map(ConceptMap.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The SNOMED CT concepts of the map, by label. */
    private static Map<String, Set<String>> targets(ConceptScope scope) {
        return map(scope).getGroup().stream()
                .flatMap(group -> group.getElement().stream())
                .collect(Collectors.toMap(
                        ConceptMap.SourceElementComponent::getCode,
                        element -> element.getTarget().stream()
                                .filter(ConceptMap.TargetElementComponent::hasCode)
                                .map(ConceptMap.TargetElementComponent::getCode)
                                .collect(Collectors.toSet()),
                        (one, other) -> one));
    }

    private static String answer(Consumer<Observation> change) {
        Observation ecg = DeliveredReport.recording("ptbxl_00330");
        change.accept(ecg);
        return TestServer.post(
                        server,
                        "/fhir/Observation/$interpret",
                        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(ecg))
                .body();
    }

    @Test
    void reads_what_an_ecg_leaves_open_as_the_site_says_and_no_longer_one_than_the_site_allows() {
        assertThat(answer(ecg -> ecg.getComponent().forEach(lead -> {
                    var samples = lead.getValueSampledData();
                    samples.setData(samples.getData() + " 0");
                })))
                .contains("TOO_LONG", "data has 5001 points; expected at most 4989"); // 11 leads have 55011 of 60000
        assertThat(answer(ecg -> ecg.getComponent()
                        .forEach(lead -> lead.getValueSampledData()
                                .setOrigin(new Quantity().setValue(0).setUnit(null)))))
                .contains("IMPLAUSIBLE_AMPLITUDE"); // millivolts that are read as volts
        assertThat(answer(ecg -> {
                    ecg.getComponent().subList(1, 12).clear();
                    ecg.getComponentFirstRep().setCode(ecg.getCode());
                }))
                .contains("NO_MODEL"); // lead II alone
    }

    @Test
    void decides_by_the_thresholds_of_the_file_and_names_its_version() {
        assertThat(labels(interpreted(TestServer.server()))).contains("NORMAL ECG", "ATRIAL FIBRILLATION");
        assertThat(labels(report)).contains("ATRIAL FIBRILLATION").doesNotContain("NORMAL ECG");
        assertThat(report).contains("st-elsewhere-1");
    }

    @Test
    void asserts_the_code_of_the_site_beside_that_of_the_map() {
        assertThat(report).contains("\"system\":\"urn:oid:1.2.3\",\"code\":\"VHF\"", "+st-elsewhere-1.0.0");
    }

    @Test
    void uses_no_concept_outside_the_global_patient_set() {
        Set<String> inside = targets(ConceptScope.GLOBAL_PATIENT_SET).values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        Map<String, Set<String>> all = targets(ConceptScope.ALL);
        String outside = all.keySet().stream()
                .filter(label -> !all.get(label).isEmpty()
                        && targets(ConceptScope.GLOBAL_PATIENT_SET)
                                .getOrDefault(label, Set.of())
                                .isEmpty())
                .sorted()
                .findFirst()
                .orElseThrow();

        assertThat(SNOMED_CT.matcher(report).results().map((MatchResult code) -> code.group(1)))
                .isNotEmpty()
                .isSubsetOf(inside);
        assertThat(DeliveredReport.parse(
                                Parameters.class,
                                TestServer.get(
                                                server,
                                                "/fhir/ConceptMap/$translate?system=" + Terminology.LABELS + "&code="
                                                        + URLEncoder.encode(outside, StandardCharsets.UTF_8))
                                        .body())
                        .getParameterBool("result"))
                .as(outside)
                .isFalse();
    }
}
