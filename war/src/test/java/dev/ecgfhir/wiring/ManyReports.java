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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
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
    private static final int THREADS = 3;

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
     * Puts them there, the originals' own and the patients first, then the rest by several threads.
     *
     * @param written false if an earlier run has put them there, with the same originals and count
     */
    void load(RunningServer server, List<DeliveredReport> originals, int count, boolean written) {
        @SuppressWarnings("unchecked") // the only system access object of an R4 repository
        IFhirSystemDao<Bundle, ?> system = server.bean(IFhirSystemDao.class);
        // What reports share is there before threads could both make it.
        Bundle shared = transaction();
        for (int i = 0; i < patients; i++) {
            put(shared, (Patient) new Patient().setId("many-" + first.getYear() + "-" + i));
        }
        if (written) {
            system.transaction(new SystemRequestDetails(), shared);
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> transactions = new ArrayList<>();
        try {
            for (int start = 0; start < count; start += AT_ONCE) {
                List<Integer> numbers = IntStream.range(start, Math.min(count, start + AT_ONCE))
                        .boxed()
                        .toList();
                numbers.forEach(number -> count(originals.get(number % originals.size()), number, ""));
                if (written) {
                    Runnable transaction = () -> {
                        Bundle bundle = transaction();
                        numbers.forEach(number -> add(bundle, originals.get(number % originals.size()), number));
                        system.transaction(new SystemRequestDetails(), bundle);
                    };
                    if (start == 0) {
                        transaction.run();
                    } else {
                        transactions.add(threads.submit(transaction));
                    }
                }
            }
            for (Future<?> transaction : transactions) {
                transaction.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Bundle transaction() {
        return new Bundle().setType(Bundle.BundleType.TRANSACTION);
    }

    /** Counts a copy as well, as {@link ReportCopies} makes them. */
    void countCopies(List<DeliveredReport> originals, int stored, int copies) {
        for (int copy = 1; copy <= copies; copy++) {
            for (int number = 0; number < stored; number++) {
                count(originals.get(number % originals.size()), number, "-copy-" + copy);
            }
        }
    }

    private void count(DeliveredReport original, int number, String suffix) {
        ids.add("DiagnosticReport/" + renamed(original.report().getIdElement().getIdPart(), key(number)) + suffix);
        String when = YearMonth.from(day(number)) + " | " + (confirmed(number) ? "final" : "preliminary");
        byMonthAndStatus.merge(when, 1, Integer::sum);
        original.labels().forEach(label -> byLabelMonthAndStatus.merge(label + " | " + when, 1, Integer::sum));
    }

    private void add(Bundle transaction, DeliveredReport original, int number) {
        String key = key(number);
        DateTimeType day = new DateTimeType(day(number).toString());
        for (Bundle.BundleEntryComponent entry : original.bundle().getEntry()) {
            // one Device serves for all, and there is no Provenance
            if (entry.getResource() instanceof Observation result) {
                Observation observation = result.copy();
                observation.getIdentifier().forEach(identifier -> identifier.setValue(key + identifier.getValue()));
                observation.setSubject(patient(number)).setEffective(day);
                observation.setDevice(null).setId(renamed(result.getIdElement().getIdPart(), key));
                put(transaction, observation);
            } else if (entry.getResource() instanceof DiagnosticReport source) {
                DiagnosticReport report = source.copy();
                report.getIdentifier().forEach(identifier -> identifier.setValue(key + identifier.getValue()));
                report.setSubject(patient(number)).setEffective(day);
                report.setStatus(confirmed(number) ? DiagnosticReportStatus.FINAL : DiagnosticReportStatus.PRELIMINARY);
                report.getResult()
                        .forEach(result -> result.setReference("Observation/"
                                + renamed(result.getReferenceElement().getIdPart(), key)));
                report.setId(renamed(source.getIdElement().getIdPart(), key));
                put(transaction, report);
            }
        }
    }

    private static void put(Bundle transaction, Resource resource) {
        transaction
                .addEntry()
                .setResource(resource)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.PUT)
                .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }

    private String key(int number) {
        return "many-" + first.getYear() + "-" + number;
    }

    private LocalDate day(int number) {
        return first.plusDays(number % days);
    }

    private static boolean confirmed(int number) {
        return number % 5 == 0;
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
