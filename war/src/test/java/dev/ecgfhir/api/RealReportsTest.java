package dev.ecgfhir.api;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.report.Delivery;
import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.fhir.report.ReportIdentity;
import dev.ecgfhir.fhir.report.ReportLanguage;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.report.ReportSink;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.fhir.report.Withdrawal;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.pipeline.ReportContents;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import dev.ecgfhir.wiring.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports of all bundled recordings, in every form that they can have, before HAPI's instance validator. */
class RealReportsTest {
    private static final Logger LOG = LoggerFactory.getLogger(RealReportsTest.class);
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final Path RECORDINGS = Path.of("src", "main", "resources", "dev", "ecgfhir", "demo", "recordings");
    private static final String SOURCE = "http://ecg.example.org/fhir";
    private static final Optional<String> ELSEWHERE = Optional.of("https://results.example.org/fhir");
    private static final LabelMap LABELS = Terminology.labelMap();
    private static final Map<String, Interpretation> FIRST = new LinkedHashMap<>();
    private static final Map<String, Interpretation> SECOND = new LinkedHashMap<>();

    private final ReportValidator validator = new ReportValidator(ReportValidator.usCore());

    @BeforeAll
    static void interpret() throws IOException {
        EcgInterpreter interpreter = new EcgInterpreter(
                List.of(
                        EcgModels.demonstration(12, InferenceConfig.defaults()),
                        EcgModels.demonstration(1, InferenceConfig.defaults())),
                new Preprocessing(MainsFrequency.ofHertz(50)),
                LABELS);
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName()
                        .toString()
                        .replaceFirst("\\.json$", "")
                        .replace('_', '-');
                FIRST.put(name, interpretation(interpreter, file, name, "1"));
                SECOND.put(name, interpretation(interpreter, file, name, "2"));
            }
        }
        assertThat(FIRST).hasSize(13);
    }

    private static Interpretation interpretation(EcgInterpreter interpreter, Path file, String id, String version)
            throws IOException {
        Observation ecg = R4.newJsonParser().parseResource(Observation.class, Files.readString(file));
        ReadOutcome read = new ObservationReader(ReadOptions.defaults())
                .read(ecg, new SourceReference(SOURCE, Optional.of("Observation/" + id), Optional.of(version)));
        Outcome outcome = interpreter.interpret(((ReadOutcome.Read) read).recording());
        return ((Outcome.Interpreted) outcome).interpretation();
    }

    private static ReportContent content(Interpretation interpretation) {
        return ReportContents.of(interpretation, LABELS, "0.1.0-test", Instant.parse("2026-11-28T02:00:00Z"));
    }

    private static Bundle usCoreReport(Interpretation interpretation) {
        return new ReportWriter(R4, ReportOptions.defaults().withUsCore(true))
                .transaction(content(interpretation), ELSEWHERE);
    }

    @ParameterizedTest
    @EnumSource(ReportLanguage.class)
    void every_report_is_valid_in_every_language(ReportLanguage language) {
        ReportWriter writer = new ReportWriter(R4, ReportOptions.defaults().in(language));
        FIRST.forEach((name, interpretation) -> valid(name, writer.transaction(content(interpretation), ELSEWHERE)));
    }

    @Test
    void every_report_is_valid_with_us_core() {
        FIRST.forEach((name, interpretation) -> {
            Bundle bundle = usCoreReport(interpretation);
            assertThat(of(Observation.class, bundle))
                    .allSatisfy(one -> assertThat(one.getMeta().getProfile()).hasSize(1));
            assertThat(of(DiagnosticReport.class, bundle))
                    .allSatisfy(one -> assertThat(one.getMeta().getProfile()).hasSize(1));
            valid(name, bundle);
        });
    }

    @Test
    void a_profile_that_is_claimed_wrongly_is_complained_about() {
        DiagnosticReport report = of(
                        DiagnosticReport.class,
                        usCoreReport(FIRST.values().iterator().next()))
                .get(0);
        know(report);
        report.setSubject(null);

        assertThat(validator.errors(report))
                .anySatisfy(error -> assertThat(error).contains("subject"));
    }

    /** Where an operator supplies the package that HL7 publishes: -Dus.core.package=hl7.fhir.us.core-9.0.0.tgz. */
    @Test
    void every_report_is_valid_against_the_us_core_package_if_it_is_given() throws IOException {
        String file = System.getProperty("us.core.package", "");
        if (file.isEmpty()) {
            LOG.warn("NO US CORE PACKAGE WAS GIVEN (-Dus.core.package=FILE): reports were validated against the two"
                    + " profiles of US Core 9.0.0 that are kept here, and not against the package");
            return;
        }
        List<Resource> definitions = new ArrayList<>();
        NpmPackage npm = NpmPackage.fromPackage(Files.newInputStream(Path.of(file)));
        for (String name : npm.listResources("StructureDefinition", "ValueSet", "CodeSystem")) {
            definitions.add((Resource) R4.newJsonParser().parseResource(npm.loadResource(name)));
        }
        assertThat(definitions)
                .as("definitions in " + file)
                .filteredOn(one -> one instanceof StructureDefinition)
                .isNotEmpty();
        ReportValidator given = new ReportValidator(definitions);
        FIRST.forEach(
                (name, interpretation) -> codings(usCoreReport(interpretation)).forEach(given::know));
        FIRST.forEach((name, interpretation) -> usCoreReport(interpretation)
                .getEntry()
                .forEach(entry ->
                        assertThat(given.errors(entry.getResource())).as(name).isEmpty()));
    }

    @Test
    void every_report_is_valid_when_it_was_amended_and_when_it_was_withdrawn() {
        String server = TestServer.server().fhirUrl();
        IGenericClient client = FhirClients.client(server, FhirClients.Limits.defaults());
        ReportSink sink = new ReportSink(client);
        ReportWriter writer = new ReportWriter(R4, ReportOptions.defaults().withUsCore(true));
        FIRST.forEach((name, interpretation) -> {
            ReportContent first = content(interpretation);
            send(client, sink.prepare(writer.transaction(first, Optional.of(server))));
            DiagnosticReport report = read(client, first);
            client.update()
                    .resource(report.setStatus(DiagnosticReportStatus.FINAL))
                    .execute();
            send(client, sink.prepare(writer.transaction(content(SECOND.get(name)), Optional.of(server))));
            DiagnosticReport amended = read(client, first);
            assertThat(amended.getStatus()).as(name).isEqualTo(DiagnosticReportStatus.AMENDED);
            valid(name, amended);

            send(
                    client,
                    sink.withdraw(Withdrawal.of(
                            SOURCE,
                            "Observation/" + name,
                            "3",
                            Withdrawal.Cause.ENTERED_IN_ERROR,
                            List.of(first.modelHash()),
                            Instant.parse("2026-11-28T03:00:00Z"))));
            DiagnosticReport withdrawn = read(client, first);
            assertThat(withdrawn.getStatus()).as(name).isEqualTo(DiagnosticReportStatus.ENTEREDINERROR);
            valid(name, withdrawn);
            withdrawn.getResult().forEach(result -> valid(name, result(client, result)));
        });
    }

    private static void send(IGenericClient client, Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Send.class);
        client.transaction().withBundle(((Delivery.Send) delivery).bundle()).execute();
    }

    private static DiagnosticReport read(IGenericClient client, ReportContent content) {
        return client.read()
                .resource(DiagnosticReport.class)
                .withId(ReportIdentity.of(content).reportId())
                .execute();
    }

    private static Observation result(IGenericClient client, Reference result) {
        return client.read()
                .resource(Observation.class)
                .withId(result.getReferenceElement().getIdPart())
                .execute();
    }

    /** Entry by entry; whole Bundles are validated beside the writer. */
    private void valid(String name, Resource resource) {
        know(resource);
        if (resource instanceof Bundle bundle) {
            bundle.getEntry().forEach(entry -> valid(name, entry.getResource()));
            return;
        }
        assertThat(validator.errors(resource)).as(name).isEmpty();
    }

    private void know(Resource resource) {
        codings(resource).forEach(validator::know);
    }

    private static List<Coding> codings(Resource resource) {
        return R4.newTerser().getAllPopulatedChildElementsOfType(resource, Coding.class).stream()
                .filter(coding ->
                        List.of("http://loinc.org", "http://snomed.info/sct").contains(coding.getSystem()))
                .toList();
    }

    private static <T extends Resource> List<T> of(Class<T> type, Bundle bundle) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
