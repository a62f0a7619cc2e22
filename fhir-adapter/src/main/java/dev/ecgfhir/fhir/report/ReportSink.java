package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import dev.ecgfhir.fhir.report.Delivery.NotOverwritten;
import dev.ecgfhir.fhir.report.Delivery.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, shortly before a report is sent, what the target already has, and brings the report into the form that the target takes.
 *
 * <p>A report that a person has touched is never overwritten. Touched means: its status is no longer {@code preliminary} or
 * {@code partial}, it was deleted, or its content or that of a result is not what we wrote ({@link Fingerprint}). An update carries the
 * versions that were looked at ({@code ifMatch}), so that what changes in between makes it fail with 412 or 409 and not disappear; a new
 * report is sent so that it fails likewise where another writer was quicker ({@link CreateOnly}).
 *
 * <p>Safe to share between threads.
 */
public final class ReportSink {
    private static final Logger LOG = LoggerFactory.getLogger(ReportSink.class);

    private final TargetServer server;
    private final Map<String, String> devices = new HashMap<>();
    private volatile @Nullable TargetCapabilities capabilities;

    /**
     * Writes to a server.
     *
     * @param client with its time limits and credentials; nothing is sent yet. Its context is made to {@link ReportWriter#keepVersions}
     */
    public ReportSink(IGenericClient client) {
        ReportWriter.keepVersions(client.getFhirContext());
        this.server = new TargetServer(client);
    }

    /**
     * Returns what the target can do, as its CapabilityStatement says; read once.
     *
     * @throws TargetException if it cannot be read
     */
    public TargetCapabilities capabilities() {
        TargetCapabilities known = capabilities;
        if (known == null) {
            known = TargetCapabilities.of(server.capabilities());
            capabilities = known;
            LOG.info("{}: {}", server.base(), known.summary());
            known.problems().forEach(problem -> LOG.warn("{}: {}", server.base(), problem));
        }
        return known;
    }

    /**
     * Makes sure that the algorithm's Device is there. Called once at the start, so that transactions do not compete for it; after that
     * it costs nothing.
     *
     * @param device as {@link AlgorithmDevice#toDevice} makes it
     * @return its address on the target, {@code Device/<id>}
     * @throws TargetException if it can neither be found nor made
     */
    public synchronized String ensureDevice(Device device) {
        Identifier identifier = identifier(device.getIdentifier(), AlgorithmDevice.DEVICE_SYSTEM)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a Device of ours has an identifier of " + AlgorithmDevice.DEVICE_SYSTEM));
        String known = devices.get(identifier.getValue());
        if (known != null) {
            return known;
        }
        String address = "Device/" + new DeviceWriter(server, capabilities()).write(device, identifier);
        devices.put(identifier.getValue(), address);
        return address;
    }

    /**
     * Decides what to do with a finished report.
     *
     * @param transaction of {@link ReportWriter#transaction}; not modified
     * @return what to do; {@link Delivery.Send} holds the Bundle in the target's form, without the Device, which is there by then
     * @throws TargetException if the target cannot be asked
     */
    public Delivery prepare(Bundle transaction) {
        DiagnosticReport ours = report(transaction);
        Optional<DiagnosticReport> there;
        try {
            there = find(DiagnosticReport.class, ours);
        } catch (ResourceGoneException e) {
            return new NotOverwritten("DiagnosticReport/" + resourceId(ours), Reason.DELETED, "the report was deleted");
        }
        TransactionForm form =
                new TransactionForm(server.client().getFhirContext(), capabilities(), transaction.copy());
        devices(form);
        if (there.isEmpty()) {
            form.reportIsNew();
            return new Delivery.Send(form.bundle(), false);
        }
        String address = "DiagnosticReport/" + there.get().getIdElement().getIdPart();
        if (identifier(there.get().getIdentifier(), ReportIdentity.RESOURCE_SYSTEM, resourceId(ours))
                .isEmpty()) {
            return new NotOverwritten(address, Reason.NOT_OURS, "it does not bear our identifier");
        }
        String version = identifier(ours.getIdentifier(), ReportIdentity.REPORT_SYSTEM)
                .map(Identifier::getValue)
                .orElseThrow();
        if (identifier(there.get().getIdentifier(), ReportIdentity.REPORT_SYSTEM, version)
                .isPresent()) {
            return new Delivery.AlreadyThere(address);
        }
        return replace(form, transaction, there.get(), address);
    }

    private Delivery replace(TransactionForm form, Bundle transaction, DiagnosticReport there, String address) {
        List<Observation> results = new ArrayList<>();
        Optional<NotOverwritten> touched = touched(there, results);
        if (touched.isPresent()) {
            return touched.get();
        }
        if (SourceVersion.isNewer(results, transaction)) {
            return new NotOverwritten(address, Reason.NEWER_THERE, "it reports a newer version of the recording");
        }
        form.replace(there);
        results.forEach(form::replace);
        form.observationsWithoutPlace()
                .forEach(fresh -> find(Observation.class, fresh).ifPresent(form::replace));
        return new Delivery.Send(form.bundle(), true);
    }

    /**
     * Decides how to withdraw what was reported of an ECG, as things stand on the target.
     *
     * <p>Every report of ours with its results becomes {@code entered-in-error}; one that a person has touched is left as it is.
     *
     * @param order which reports
     * @return {@link Delivery.Send} as long as there is one to withdraw; after that {@link Delivery.NotOverwritten} if one was left as it
     *     is, {@link Delivery.AlreadyThere} if all are withdrawn, {@link Delivery.NothingThere} if there is none
     * @throws TargetException if the target cannot be asked
     */
    public Delivery withdraw(Withdrawal order) {
        WithdrawnForm form = new WithdrawnForm(order, capabilities());
        Delivery otherwise = new Delivery.NothingThere();
        for (String key : order.baseKeys()) {
            Optional<DiagnosticReport> there;
            try {
                there = find(DiagnosticReport.class, ReportIdentity.id(key, "report"));
            } catch (ResourceGoneException e) {
                continue;
            }
            if (there.isPresent()) {
                otherwise = worse(otherwise, withdraw(form, there.get(), order));
            }
        }
        return form.bundle().hasEntry() ? new Delivery.Send(form.bundle(), true) : otherwise;
    }

    private Delivery withdraw(WithdrawnForm form, DiagnosticReport there, Withdrawal order) {
        String address = "DiagnosticReport/" + there.getIdElement().getIdPart();
        List<Observation> results = new ArrayList<>();
        Optional<NotOverwritten> touched = touched(there, results);
        if (touched.isPresent()) {
            return touched.get();
        }
        if (SourceVersion.isNewer(results, order.recording())) {
            return new NotOverwritten(address, Reason.NEWER_THERE, "it reports a newer version of the recording");
        }
        if (there.getStatus() != DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR) {
            form.add(there, results);
        }
        return new Delivery.AlreadyThere(address);
    }

    private static Delivery worse(Delivery first, Delivery second) {
        return first instanceof NotOverwritten ? first : second;
    }

    /**
     * Tells how a report of ours is no longer as we wrote it.
     *
     * @param results receives the report's results; all of them if nothing is told
     */
    private Optional<NotOverwritten> touched(DiagnosticReport there, List<Observation> results) {
        String address = "DiagnosticReport/" + there.getIdElement().getIdPart();
        if (identifier(there.getIdentifier(), ReportIdentity.RESOURCE_SYSTEM).isEmpty()) {
            return Optional.of(new NotOverwritten(address, Reason.NOT_OURS, "it does not bear our identifier"));
        }
        if (!Fingerprint.isUntouched(there, there.getIdentifier())) {
            return Optional.of(
                    isUnconfirmed(there)
                            ? new NotOverwritten(address, Reason.CONTENT_CHANGED, "it is not what this product wrote")
                            : new NotOverwritten(
                                    address,
                                    Reason.STATUS_CHANGED,
                                    "its status is " + there.getStatusElement().getValueAsString()));
        }
        for (Reference link : there.getResult()) {
            String id = link.getReferenceElement().getIdPart();
            Optional<Observation> result = result(id);
            if (result.isEmpty()
                    || !Fingerprint.isUntouched(result.get(), result.get().getIdentifier())) {
                return Optional.of(new NotOverwritten(
                        address,
                        Reason.CONTENT_CHANGED,
                        "its result Observation/" + id
                                + (result.isEmpty() ? " is gone" : " is not what this product wrote")));
            }
            results.add(result.get());
        }
        return Optional.empty();
    }

    private static boolean isUnconfirmed(DiagnosticReport report) {
        return report.getStatus() == DiagnosticReport.DiagnosticReportStatus.PRELIMINARY
                || report.getStatus() == DiagnosticReport.DiagnosticReportStatus.PARTIAL;
    }

    private Optional<Observation> result(String id) {
        try {
            return server.read(Observation.class, id);
        } catch (ResourceGoneException e) {
            return Optional.empty();
        }
    }

    /** Writes a prepared Bundle to a server without transactions: one resource after another, the report after its results. */
    public void writeOneByOne(Bundle prepared) {
        new SingleWrites(server).write(prepared);
    }

    private void devices(TransactionForm form) {
        form.devices().forEach((url, device) -> form.place(url, ensureDevice(device)));
    }

    /** Finds what has a resource's deterministic id: as its id where the server takes ours, else as identifier. */
    private <T extends Resource> Optional<T> find(Class<T> type, Resource resource) {
        return find(type, resourceId(resource));
    }

    private <T extends Resource> Optional<T> find(Class<T> type, String id) {
        if (capabilities().updateCreate()) {
            return server.read(type, id);
        }
        List<T> found = server.withIdentifier(type, ReportIdentity.RESOURCE_SYSTEM, id);
        if (found.size() > 1) {
            LOG.warn(
                    "{}: {} {} have the identifier {}; the oldest is taken",
                    server.base(),
                    found.size(),
                    type.getSimpleName(),
                    id);
        }
        return found.stream().min(Comparator.comparing(ReportSink::lastUpdated));
    }

    static Instant lastUpdated(Resource resource) {
        return resource.getMeta().hasLastUpdated()
                ? resource.getMeta().getLastUpdated().toInstant()
                : Instant.EPOCH;
    }

    /** Returns a resource's deterministic id. Its identifier tells it; a parser may have put the entry's fullUrl in place of the id. */
    static String resourceId(Resource resource) {
        List<Identifier> identifiers = List.of();
        if (resource instanceof DiagnosticReport report) {
            identifiers = report.getIdentifier();
        } else if (resource instanceof Observation observation) {
            identifiers = observation.getIdentifier();
        }
        return identifier(identifiers, ReportIdentity.RESOURCE_SYSTEM)
                .map(Identifier::getValue)
                .orElseThrow(() -> new IllegalArgumentException("a " + resource.fhirType()
                        + " of ours bears an identifier of " + ReportIdentity.RESOURCE_SYSTEM));
    }

    private static DiagnosticReport report(Bundle transaction) {
        return transaction.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(DiagnosticReport.class::isInstance)
                .map(DiagnosticReport.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the Bundle holds no DiagnosticReport"));
    }

    static Optional<Identifier> identifier(List<Identifier> identifiers, String system) {
        return identifiers.stream()
                .filter(identifier -> system.equals(identifier.getSystem()))
                .findFirst();
    }

    private static Optional<Identifier> identifier(List<Identifier> identifiers, String system, String value) {
        return identifiers.stream()
                .filter(identifier -> system.equals(identifier.getSystem()) && value.equals(identifier.getValue()))
                .findFirst();
    }
}
