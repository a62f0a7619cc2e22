package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    private final IGenericClient client = client();
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    private static IGenericClient client() {
        FhirContext context = FhirContext.forR4();
        context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        context.getParserOptions().setStripVersionsFromReferences(false);
        return context.newRestfulGenericClient(TestServer.server().fhirUrl());
    }

    private static Observation observation() {
        Observation observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL).getCode().setText("ECG");
        return observation;
    }

    @Test
    void keeps_the_version_in_a_reference_to_a_source() {
        IdType source = created(observation());
        Observation scores = observation();
        scores.setId("scores-" + unique);
        scores.addDerivedFrom(new Reference("Observation/" + source.getIdPart() + "/_history/1"));
        Bundle transaction = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        put(transaction, scores);

        client.transaction().withBundle(transaction).execute();

        Observation read =
                client.read().resource(Observation.class).withId(scores.getId()).execute();
        assertThat(read.getDerivedFromFirstRep().getReference())
                .isEqualTo("Observation/" + source.getIdPart() + "/_history/1");
    }

    @Test
    void has_written_to_its_file_what_it_answers_for(@TempDir Path folder) throws Exception {
        IdType created = created(observation());

        // a copy taken at once is what a process that died now would leave behind
        Path copy = folder.resolve("ecgfhir.mv.db");
        Files.copy(TestServer.server().settings().dataDirectory().resolve("ecgfhir.mv.db"), copy);
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("ecgfhir"), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select count(*) from fhir.hfj_resource where fhir_id = '" + created.getIdPart() + "'")) {
            found.next();
            assertThat(found.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void stores_a_transaction_under_the_ids_that_it_names_and_resolves_references_inside() {
        Observation result = observation();
        result.setId("result-" + unique);
        DiagnosticReport report = new DiagnosticReport();
        report.setId("report-" + unique);
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY)
                .getCode()
                .setText("ECG");
        report.addResult(new Reference("Observation/" + result.getId()));
        Bundle transaction = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        put(transaction, result);
        put(transaction, report);

        client.transaction().withBundle(transaction).execute();
        client.transaction().withBundle(transaction).execute();

        Bundle found = client.search()
                .forResource(DiagnosticReport.class)
                .where(DiagnosticReport.RESULT.hasId(
                        "Observation/" + result.getIdElement().getIdPart()))
                .returnBundle(Bundle.class)
                .execute();
        assertThat(found.getEntry()).hasSize(1);
        assertThat(found.getEntryFirstRep().getResource().getIdElement().getIdPart())
                .isEqualTo("report-" + unique);
        assertThat(found.getEntryFirstRep().getResource().getMeta().getVersionId())
                .as("the second time nothing changed")
                .isEqualTo("1");
    }

    @Test
    void answers_a_repeated_search_with_what_came_in_between() {
        String search = "/fhir/Observation?_summary=count&identifier=urn:example:" + unique + "%7C";
        assertThat(total(TestServer.get(search))).isZero();
        Observation observation = observation();
        observation.addIdentifier().setSystem("urn:example:" + unique).setValue("1");

        created(observation);

        assertThat(total(TestServer.get(search))).isEqualTo(1);
    }

    private static int total(HttpResponse<String> response) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Bundle.class, response.body())
                .getTotal();
    }

    @Test
    void finds_an_ecg_by_a_patient_that_nobody_has_stored_yet() {
        Observation observation = observation();
        observation.setSubject(new Reference("Patient/p-" + unique));

        IdType id = created(observation);

        Bundle found = client.search()
                .forResource(Observation.class)
                .where(Observation.PATIENT.hasId("p-" + unique))
                .returnBundle(Bundle.class)
                .execute();
        assertThat(found.getEntry())
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.getResource().getIdElement().getIdPart())
                                .isEqualTo(id.getIdPart()));
    }

    @Test
    void refuses_a_conditional_reference_that_finds_no_patient() {
        Observation observation = observation();
        observation.setSubject(new Reference("Patient?identifier=urn:example:mrn%7C" + unique));
        Bundle transaction = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        transaction
                .addEntry()
                .setResource(observation)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Observation");

        HttpResponse<String> response = TestServer.post(
                "/fhir", FhirContext.forR4Cached().newJsonParser().encodeResourceToString(transaction));

        assertThat(response.statusCode()).isBetween(400, 499);
        assertThat(total(TestServer.get("/fhir/Patient?_summary=count&identifier=urn:example:mrn%7C" + unique)))
                .isZero();
    }

    @Test
    void accepts_references_by_identifier_and_to_other_servers() {
        Observation observation = observation();
        observation.getSubject().getIdentifier().setSystem("urn:example:mrn").setValue(unique);
        observation.setEncounter(new Reference("https://other.example/fhir/Encounter/3"));

        Observation read = client.read()
                .resource(Observation.class)
                .withId(created(observation))
                .execute();

        assertThat(read.getSubject().getIdentifier().getValue()).isEqualTo(unique);
        assertThat(read.getEncounter().getReference()).isEqualTo("https://other.example/fhir/Encounter/3");
    }

    @Test
    void pages_through_a_search_by_its_own_next_links() {
        for (int i = 0; i < 5; i++) {
            Patient patient = new Patient();
            patient.addIdentifier().setSystem("urn:example:page-" + unique).setValue("" + i);
            client.create().resource(patient).execute();
        }

        Bundle page = client.search()
                .forResource(Patient.class)
                .where(Patient.IDENTIFIER.hasSystemWithAnyCode("urn:example:page-" + unique))
                .count(2)
                .returnBundle(Bundle.class)
                .execute();
        int seen = page.getEntry().size();
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            page = client.loadPage().next(page).execute();
            seen += page.getEntry().size();
        }

        assertThat(seen).isEqualTo(5);
    }

    @Test
    void says_that_it_failed_without_the_words_of_an_exception() {
        HttpResponse<String> response = TestServer.post("/fhir/Observation", "{\"resourceType\":\"Observation\"");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("OperationOutcome").doesNotContain("\tat ", "java.lang");
    }

    private IdType created(Resource resource) {
        return (IdType) client.create().resource(resource).execute().getId().toUnqualifiedVersionless();
    }

    private static void put(Bundle transaction, Resource resource) {
        transaction
                .addEntry()
                .setFullUrl("urn:uuid:" + UUID.randomUUID())
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }
}
