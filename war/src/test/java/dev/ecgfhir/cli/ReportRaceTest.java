package dev.ecgfhir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.ecgfhir.fhir.report.Delivery;
import dev.ecgfhir.fhir.report.ReportSink;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.wiring.TestServer;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two writers of one report, on the embedded repository. */
class ReportRaceTest {
    private static final FhirContext R4 = FhirContext.forR4();

    @TempDir
    Path folder;

    @Test
    void creates_a_report_once_though_two_writers_found_it_missing() {
        Path ecg = CommandRun.recording("ptbxl_00424", folder);
        IGenericClient client =
                FhirClients.client(TestServer.server().baseUrl() + "/fhir", FhirClients.Limits.defaults());
        ReportSink sink = new ReportSink(client);
        Bundle first = prepared(sink, ecg);
        Bundle second = prepared(sink, ecg);
        assertThat(report(first).getIssued()).isNotEqualTo(report(second).getIssued());

        client.transaction().withBundle(first).execute();

        assertThatThrownBy(() -> client.transaction().withBundle(second).execute())
                .isInstanceOf(ResourceVersionConflictException.class);
        assertThat(client.read()
                        .resource(DiagnosticReport.class)
                        .withId(report(first).getIdElement().getIdPart())
                        .execute()
                        .getMeta()
                        .getVersionId())
                .isEqualTo("1");
    }

    private static Bundle prepared(ReportSink sink, Path ecg) {
        CommandRun run = CommandRun.of("interpret", "--json", "--report", ecg);
        Bundle transaction = R4.newJsonParser()
                .parseResource(Bundle.class, run.json().get(0).get("bundle").toString());
        return ((Delivery.Send) sink.prepare(transaction)).bundle();
    }

    private static DiagnosticReport report(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(DiagnosticReport.class::isInstance)
                .map(DiagnosticReport.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
