package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/** A hospital's FHIR server: HAPI's JPA server, as the WAR brings it, in a process of its own, without anything that reads ECGs. */
final class Hospital {
    private static final Path RECORDINGS =
            Path.of("..", "war", "src", "main", "resources", "dev", "ecgfhir", "demo", "recordings");
    private static final long START_SECONDS = 240;

    private static Hospital shared;

    private final Process process;
    private final int port;
    private final Path log;
    private final IGenericClient client;
    private final List<Observation> recordings;
    private final Set<String> seenReported = ConcurrentHashMap.newKeySet();
    private final LeadByLead ward;
    private int received;

    private Hospital(Process process, int port, Path log) throws IOException {
        this.process = process;
        this.port = port;
        this.log = log;
        FhirContext fhir = FhirContext.forR4();
        fhir.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        fhir.getRestfulClientFactory().setSocketTimeout(240_000);
        this.client = fhir.newRestfulGenericClient(fhirUrl());
        this.recordings = new ArrayList<>();
        for (String name : List.of("ptbxl_00424", "ptbxl_00292", "cinc17_A00027", "cinc_JS13888")) {
            recordings.add(recording(name));
        }
        this.ward = new LeadByLead(this);
    }

    /** Returns the one that all tests share: it starts for long. It ends with this JVM. */
    static synchronized Hospital shared() throws IOException, InterruptedException {
        Hospital present = shared;
        if (present == null) {
            present = start(War::quickServer);
            shared = present;
        }
        return present;
    }

    /** Starts one that answers as fast as it can, for measurements. It ends with this JVM. */
    static Hospital atFullSpeed() throws IOException, InterruptedException {
        return start(War::process);
    }

    private static Hospital start(BiFunction<Path, String[], ProcessBuilder> war)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ecgfhir-hospital");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path log = folder.resolve("hospital.log");
        Process process = war.apply(folder, new String[] {
                    "serve",
                    "--port",
                    String.valueOf(port),
                    "--ecgfhir.model.demonstration=true",
                    "--ecgfhir.data-directory=" + folder.resolve("hospital")
                })
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Hospital hospital = new Hospital(process, port, log);
        Runtime.getRuntime().addShutdownHook(new Thread(hospital::end));
        if (!hospital.until(START_SECONDS, () -> !process.isAlive() || contains(log, "ready at"))
                || !process.isAlive()) {
            hospital.end();
            throw new AssertionError("the hospital's server did not start:\n" + Files.readString(log));
        }
        return hospital;
    }

    private static boolean contains(Path log, String text) {
        try {
            return Files.readString(log).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns its process. */
    Process process() {
        return process;
    }

    /** Returns its log file. */
    Path log() {
        return log;
    }

    int port() {
        return port;
    }

    String fhirUrl() {
        return "http://localhost:" + port + "/fhir";
    }

    /** Returns one of the demonstration's recordings. */
    Observation recording(String name) {
        try {
            return client.getFhirContext()
                    .newJsonParser()
                    .parseResource(Observation.class, Files.readString(RECORDINGS.resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores a resource and returns its id. */
    String store(Resource resource) {
        return client.create().resource(resource).execute().getId().getIdPart();
    }

    /** Stores ECGs as a device would. */
    List<String> receive(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Observation recording =
                    recordings.get(received++ % recordings.size()).copy();
            recording.setId((String) null);
            recording.setIdentifier(
                    List.of(new Identifier().setSystem("urn:chaos").setValue("ecg-" + received)));
            ids.add(store(recording));
        }
        return ids;
    }

    /** Returns those of its ECGs whose leads are one Observation each. */
    LeadByLead ward() {
        return ward;
    }

    /** Returns how many ECGs it has stored, of those with all leads in one Observation. */
    int received() {
        return received;
    }

    /** Returns how many of some ECGs have a report, or had one when they were last asked for. */
    int reports(List<String> ecgs) {
        return (int) ecgs.stream()
                .filter(ecg -> seenReported.contains(ecg) || !reportsOf(ecg).isEmpty() && seenReported.add(ecg))
                .count();
    }

    /** Returns the ids of the reports on an Observation. */
    List<String> reportIds(String ecg) {
        return reportsOf(ecg).stream()
                .map(report -> report.getIdElement().getIdPart())
                .toList();
    }

    /** Returns how many reports each ECG has now, and how many ECGs have so many. */
    Map<Integer, Long> ecgsByReports(List<String> ecgs) {
        return ecgs.stream()
                .collect(Collectors.groupingBy(ecg -> reportsOf(ecg).size(), TreeMap::new, Collectors.counting()));
    }

    /** Asserts that each ECG has one report, written once, with all that belongs to it. */
    void assertOneReportEach(List<String> ecgs) {
        for (String ecg : ecgs) {
            assertThat(reportsOf(ecg)).as("reports on Observation/%s", ecg).hasSize(1);
            DiagnosticReport report = reportsOf(ecg).get(0);
            assertThat(report.getMeta().getVersionId())
                    .as("version of the report on Observation/%s", ecg)
                    .isEqualTo("1");
            assertThat(report.getResult())
                    .isNotEmpty()
                    .allSatisfy(result -> assertThat(client.read()
                                    .resource(Observation.class)
                                    .withId(result.getReferenceElement().getIdPart())
                                    .execute()
                                    .getMeta()
                                    .getVersionId())
                            .isEqualTo("1"));
            assertThat(found(
                            Provenance.class,
                            "Provenance?target=DiagnosticReport/"
                                    + report.getIdElement().getIdPart()))
                    .as("Provenance of the report on Observation/%s", ecg)
                    .hasSize(1);
        }
    }

    private List<DiagnosticReport> reportsOf(String ecg) {
        return found(DiagnosticReport.class, "DiagnosticReport?result.derived-from=Observation/" + ecg);
    }

    private <T extends Resource> List<T> found(Class<T> type, String search) {
        return client.search().byUrl(search).returnBundle(Bundle.class).execute().getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Waits for a condition. */
    boolean until(long seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return true;
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
