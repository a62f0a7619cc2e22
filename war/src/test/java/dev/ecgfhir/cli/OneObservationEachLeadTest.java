package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import dev.ecgfhir.ledger.LedgerCounts;
import dev.ecgfhir.ledger.LedgerEntry;
import dev.ecgfhir.ledger.LedgerFilter;
import dev.ecgfhir.ledger.LedgerListener;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.wiring.RunningServer;
import dev.ecgfhir.wiring.Server;
import dev.ecgfhir.wiring.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hospital's server, HAPI's JPA server, keeps twelve-lead ECGs as twelve Observations; a server of ours reads and reports them. Their code
 * is one that the hospital's own feed does not look for.
 */
class OneObservationEachLeadTest {
    private static final Path RECORDING =
            Path.of("..", "fhir-adapter", "src", "test", "resources", "recordings", "fhir", "ptbxl_00002.json");
    private static final IParser PARSER = FhirContext.forR4Cached().newJsonParser();
    private static final int V6 = 11;

    @TempDir
    static Path folder;

    private static RunningServer reader;

    @BeforeAll
    static void start(@TempDir Path data) {
        reader = Server.start(Map.of(
                "server.port", "0",
                "ecgfhir.data-directory", data.toString(),
                "ecgfhir.model.demonstration", "true",
                "ecgfhir.repository.enabled", "false",
                "ecgfhir.sources.ward.url", TestServer.server().fhirUrl(),
                "ecgfhir.sources.ward.query", "code=http://loinc.org%7C34534-8",
                "ecgfhir.sources.ward.poll-interval", "200ms",
                "ecgfhir.sources.ward.join-leads", "true",
                "ecgfhir.sources.ward.join-wait", "2s"));
    }

    @AfterAll
    static void stop() {
        reader.stop();
    }

    private static Observation whole() throws IOException {
        Observation whole = PARSER.parseResource(Observation.class, Files.readString(RECORDING));
        whole.setId((String) null);
        whole.setCode(new CodeableConcept().addCoding(new Coding("http://loinc.org", "34534-8", null)));
        whole.setSubject(null);
        return whole;
    }

    private static Observation lead(int number, String patient) throws IOException {
        Observation whole = whole();
        Observation lead = new Observation();
        lead.setStatus(whole.getStatus());
        lead.setCode(whole.getCode());
        lead.setBodySite(whole.getComponent().get(number).getCode());
        lead.setSubject(new Reference(patient));
        lead.setDevice(new Reference()
                .setIdentifier(new Identifier().setSystem("urn:ward").setValue("cart 3")));
        lead.setEffective(new DateTimeType("2026-11-28T09:00:0" + number % 2 + "Z"));
        lead.setValue(whole.getComponent().get(number).getValue());
        return lead;
    }

    private static String patient() {
        String location = TestServer.post("/fhir/Patient", PARSER.encodeResourceToString(new Patient().setActive(true)))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return location.replaceAll(".*/(Patient/[^/]+)/.*", "$1");
    }

    /** Stores leads of an ECG in one transaction; returns their ids. */
    private static List<String> stored(String patient, int... leads) throws IOException {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        for (int lead : leads) {
            bundle.addEntry()
                    .setResource(lead(lead, patient))
                    .getRequest()
                    .setMethod(Bundle.HTTPVerb.POST)
                    .setUrl("Observation");
        }
        Bundle answer = PARSER.parseResource(
                Bundle.class,
                TestServer.post("/fhir", PARSER.encodeResourceToString(bundle)).body());
        List<String> ids = new ArrayList<>();
        answer.getEntry()
                .forEach(
                        entry -> ids.add(entry.getResponse().getLocation().replaceAll("(Observation/[^/]+)/.*", "$1")));
        assertThat(ids).hasSameSizeAs(leads);
        return ids;
    }

    /** Waits until the ledger of the reader holds such a row of an ECG. */
    private static LedgerEntry ended(List<String> ecg, Predicate<LedgerEntry> wanted) throws Exception {
        CompletableFuture<LedgerEntry> ended = new CompletableFuture<>();
        Runnable look = () -> reader.ledger().entries(LedgerFilter.all()).stream()
                .filter(entry -> ecg.contains(entry.resource()) && wanted.test(entry))
                .findFirst()
                .ifPresent(ended::complete);
        LedgerListener listener = change -> look.run();
        reader.ledger().addListener(listener);
        try {
            look.run();
            return ended.get(60, TimeUnit.SECONDS);
        } finally {
            reader.ledger().removeListener(listener);
        }
    }

    private static <T extends Resource> List<T> search(Class<T> type, String query) {
        return PARSER
                .parseResource(Bundle.class, TestServer.get("/fhir/" + query).body())
                .getEntry()
                .stream()
                .map(entry -> type.cast(entry.getResource()))
                .toList();
    }

    /** Writes Observations into a file, as a person would who keeps a copy. */
    private static Path file(List<String> ecg) throws IOException {
        Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
        for (String lead : ecg) {
            bundle.addEntry()
                    .setResource(PARSER.parseResource(
                            Observation.class, TestServer.get("/fhir/" + lead).body()));
        }
        return Files.writeString(folder.resolve("leads.json"), PARSER.encodeResourceToString(bundle));
    }

    private static Observation scores(String ecg) {
        return search(Observation.class, "Observation?derived-from=" + ecg).stream()
                .filter(one -> one.getComponent().size() == 150)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void twelve_observations_get_one_report_with_the_scores_of_the_same_ecg_in_one_observation() throws Exception {
        String whole = TestServer.post("/fhir/Observation", PARSER.encodeResourceToString(whole()))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll(".*/(Observation/[^/]+)/.*", "$1");
        List<String> leads = stored(patient(), IntStream.range(0, 12).toArray());
        ended(List.of(whole), entry -> entry.state() == State.DELIVERED);
        ended(leads, entry -> entry.state() == State.DELIVERED);

        for (String lead : leads) {
            assertThat(search(DiagnosticReport.class, "DiagnosticReport?result.derived-from=" + lead))
                    .hasSize(1);
        }
        Observation joined = scores(leads.get(0));
        assertThat(joined.getDerivedFrom())
                .extracting(link -> link.getIdentifier().getValue())
                .containsExactlyElementsOf(leads.stream()
                        .map(lead -> TestServer.server().fhirUrl() + "/" + lead + "/_history/1")
                        .toList());
        String report = search(DiagnosticReport.class, "DiagnosticReport?result.derived-from=" + leads.get(0))
                .get(0)
                .getIdElement()
                .getIdPart();
        CommandRun verified =
                CommandRun.of("verify", TestServer.server().fhirUrl() + "/DiagnosticReport/" + report, "--json");
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
        assertThat(CommandRun.of(
                                "verify",
                                TestServer.server().fhirUrl() + "/DiagnosticReport/" + report,
                                "--recording",
                                file(leads))
                        .code())
                .as("of a file with the twelve Observations")
                .isZero();
        CommandRun atSite = CommandRun.of(
                "verify",
                TestServer.server().fhirUrl() + "/DiagnosticReport/" + report,
                "--ecgfhir.sources.ward.url=" + TestServer.server().fhirUrl(),
                "--ecgfhir.sources.ward.maximum-points=59999");
        assertThat(atSite.code()).as(atSite.out()).isEqualTo(ExitCode.REFUSED);
        assertThat(atSite.err()).contains("TOO_LONG", "60000 points in all leads; expected at most 59999");
        List<Observation.ObservationComponentComponent> expected = scores(whole).getComponent();
        assertThat(IntStream.range(0, 150))
                .allMatch(i -> joined.getComponent().get(i).equalsDeep(expected.get(i)));
    }

    @Test
    void an_ecg_that_lacks_a_lead_is_refused_and_reported_when_it_comes() throws Exception {
        String patient = patient();
        List<String> leads = stored(patient, IntStream.range(0, V6).toArray());
        LedgerEntry refused = ended(leads, entry -> entry.state() == State.REFUSED);

        assertThat(refused.reason()).contains("INCOMPLETE_GROUP");
        assertThat(refused.detail().orElseThrow()).contains("missing V6").doesNotContain(patient);
        assertThat(search(DiagnosticReport.class, "DiagnosticReport?subject=" + patient))
                .isEmpty();
        leads.addAll(stored(patient, V6));
        ended(leads, entry -> entry.state() == State.DELIVERED);

        assertThat(search(DiagnosticReport.class, "DiagnosticReport?subject=" + patient))
                .hasSize(1);
        assertThat(scores(leads.get(V6)).getDerivedFrom()).hasSize(12);
        LedgerCounts counts = reader.ledger().counts();
        assertThat(counts.discovered())
                .isEqualTo(
                        counts.delivered() + counts.refused() + counts.ignored() + counts.dead() + counts.inProgress());
    }
}
