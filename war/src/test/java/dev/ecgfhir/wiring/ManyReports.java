package dev.ecgfhir.wiring;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reports in bulk: each is a real report on one of the bundled recordings under another id, for another patient and day. They go into the
 * repository by transactions, past HTTP.
 */
final class ManyReports {
    private static final List<String> RECORDINGS = List.of(
            "ptbxl_00292", "ptbxl_00002", "ptbxl_00108", "ptbxl_00330", "ptbxl_00180", "ptbxl_00424", "cinc_JS20011");
    private static final int AT_ONCE = 20;

    private final LocalDate first;
    private final int days;
    private final int patients;
    private final Set<String> ids = new TreeSet<>();
    private final Map<String, Integer> byMonthAndStatus = new TreeMap<>();
    private final Map<String, Integer> byLabelMonthAndStatus = new TreeMap<>();

    /** From the first day on, each report is a day later, and after the last day it starts anew. */
    ManyReports(LocalDate first, int days, int patients) {
        this.first = first;
        this.days = days;
        this.patients = patients;
    }

    /** The ids of all reports, {@code DiagnosticReport/...}. */
    Set<String> ids() {
        return ids;
    }

    /** {@code month | status | count}, as {@code $statistics} orders them. */
    Map<String, Integer> byMonthAndStatus() {
        return byMonthAndStatus;
    }

    /** {@code label | month | status}, and how many. */
    Map<String, Integer> byLabelMonthAndStatus() {
        return byLabelMonthAndStatus;
    }

    /**
     * Puts them there.
     *
     * @param written false if an earlier run has put them there, with the same originals and count
     */
    void load(RunningServer server, List<DeliveredReport> originals, int count, boolean written) {
        @SuppressWarnings("unchecked") // the only system access object of an R4 repository
        IFhirSystemDao<Bundle, ?> system = server.bean(IFhirSystemDao.class);
        Bundle transaction = transaction();
        for (int i = 0; i < count; i++) {
            add(transaction, originals.get(i % originals.size()), i);
            if (i % AT_ONCE == AT_ONCE - 1 || i == count - 1) {
                if (written) {
                    system.transaction(new SystemRequestDetails(), transaction);
                }
                transaction = transaction();
            }
        }
    }

    private static Bundle transaction() {
        return new Bundle().setType(Bundle.BundleType.TRANSACTION);
    }

    private void add(Bundle transaction, DeliveredReport original, int number) {
        LocalDate day = first.plusDays(number % days);
        boolean confirmed = number % 5 == 0;
        String key = "many-" + first.getYear() + "-" + number;
        for (Bundle.BundleEntryComponent entry : original.bundle().getEntry()) {
            Resource resource = entry.getResource().copy();
            if (!(resource instanceof Observation) && !(resource instanceof DiagnosticReport)) {
                continue; // one Device and the first Provenance serve for all
            }
            resource.setId(renamed(resource.getIdElement().getIdPart(), key));
            if (resource instanceof Observation observation) {
                observation.getIdentifier().forEach(identifier -> identifier.setValue(key + identifier.getValue()));
                observation.setSubject(patient(number)).setEffective(new DateTimeType(day.toString()));
                observation.setDevice(null);
            } else {
                DiagnosticReport report = (DiagnosticReport) resource;
                report.getIdentifier().forEach(identifier -> identifier.setValue(key + identifier.getValue()));
                report.setSubject(patient(number)).setEffective(new DateTimeType(day.toString()));
                report.setStatus(confirmed ? DiagnosticReportStatus.FINAL : DiagnosticReportStatus.PRELIMINARY);
                report.getResult()
                        .forEach(result -> result.setReference("Observation/"
                                + renamed(result.getReferenceElement().getIdPart(), key)));
                ids.add("DiagnosticReport/" + report.getIdElement().getIdPart());
            }
            transaction
                    .addEntry()
                    .setResource(resource)
                    .getRequest()
                    .setMethod(Bundle.HTTPVerb.PUT)
                    .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
        }
        String when = YearMonth.from(day) + " | " + (confirmed ? "final" : "preliminary");
        byMonthAndStatus.merge(when, 1, Integer::sum);
        original.labels().forEach(label -> byLabelMonthAndStatus.merge(label + " | " + when, 1, Integer::sum));
    }

    private Reference patient(int number) {
        return new Reference("Patient/many-" + first.getYear() + "-" + number % patients);
    }

    /** Another key before the part that tells what a resource is. */
    private static String renamed(String id, String key) {
        return key + id.replaceAll("^ecg-[0-9a-f]+", "");
    }

    /** Has the recordings interpreted. */
    static List<DeliveredReport> originals(RunningServer server) {
        List<DeliveredReport> originals = new ArrayList<>();
        FhirContext context = FhirContext.forR4Cached();
        for (String recording : RECORDINGS) {
            String body = context.newJsonParser().encodeResourceToString(DeliveredReport.recording(recording));
            originals.add(new DeliveredReport(
                    "",
                    "",
                    DeliveredReport.parse(
                            Bundle.class,
                            TestServer.post(server, "/fhir/Observation/$interpret", body)
                                    .body())));
        }
        return originals;
    }
}
