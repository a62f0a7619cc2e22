package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import dev.ecgfhir.fhir.report.Delivery.NotOverwritten;
import dev.ecgfhir.fhir.report.Delivery.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
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

    /** More reports of one ECG and model than this were each changed by a person; then a person is asked. */
    static final int MOST_REPORTS = 20;

    private final TargetServer server;
    private final ReportsThere reports;
    private final WithdrawalPlan withdrawals;
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
        this.reports = new ReportsThere(server, this::capabilities);
        this.withdrawals = new WithdrawalPlan(reports, this::capabilities);
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
        Identifier identifier = OwnResources.identifier(device.getIdentifier(), AlgorithmDevice.DEVICE_SYSTEM)
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

    /** Returns how long the target's latest answer to this thread, whatever was asked, asks to wait. */
    public Optional<Duration> retryAfter() {
        return server.retryAfter();
    }

    /**
     * Forgets what is known of the target, its Device and its CapabilityStatement: it refused something, and may have been restored from a
     * backup or upgraded since it was asked.
     */
    public synchronized void forget() {
        devices.clear();
        capabilities = null;
    }

    /**
     * Decides what to do with a finished report.
     *
     * <p>A report that is as we wrote it is replaced. Of a new version of the recording, one that a person has confirmed as it stood is
     * replaced by an {@code amended} one, and one whose content a person has changed gets a new report beside it. Everything else that a
     * person has touched is left as it is.
     *
     * @param transaction of {@link ReportWriter#transaction}; not modified
     * @return what to do; {@link Delivery.Send} holds the Bundle in the target's form, without the Device, which is there by then
     * @throws TargetException if the target cannot be asked
     */
    public Delivery prepare(Bundle transaction) {
        Delivery last = new Delivery.NothingThere();
        for (int number = 1; number <= MOST_REPORTS; number++) {
            Bundle atHand = number == 1
                    ? transaction.copy()
                    : Revision.beside(server.client().getFhirContext(), transaction, number);
            if (last instanceof NotOverwritten before) {
                Revision.link(atHand, before.report());
            }
            last = prepareOne(atHand);
            if (!(last instanceof NotOverwritten kept)
                    || kept.reason() != Reason.CONTENT_CHANGED
                    || !isOfNewVersion(transaction, kept)) {
                return last;
            }
        }
        return last;
    }

    /** Tells whether the recording is another version than that of a report which is left as it is; else there is nothing new to say. */
    private boolean isOfNewVersion(Bundle transaction, NotOverwritten kept) {
        List<Observation> results = server.read(
                        DiagnosticReport.class,
                        kept.report().substring(kept.report().indexOf('/') + 1))
                .map(reports::results)
                .orElse(List.of());
        return SourceVersion.differs(results, transaction);
    }

    private Delivery prepareOne(Bundle atHand) {
        DiagnosticReport ours = OwnResources.report(atHand);
        Optional<DiagnosticReport> there;
        try {
            there = reports.find(DiagnosticReport.class, ours);
        } catch (ResourceGoneException e) {
            return new NotOverwritten(
                    "DiagnosticReport/" + OwnResources.resourceId(ours), Reason.DELETED, "the report was deleted");
        }
        if (there.isEmpty()) {
            TransactionForm form = form(atHand);
            form.reportIsNew();
            return new Delivery.Send(form.bundle(), false);
        }
        String address = "DiagnosticReport/" + there.get().getIdElement().getIdPart();
        if (OwnResources.identifier(
                        there.get().getIdentifier(), ReportIdentity.RESOURCE_SYSTEM, OwnResources.resourceId(ours))
                .isEmpty()) {
            return new NotOverwritten(address, Reason.NOT_OURS, "it does not bear our identifier");
        }
        String version = OwnResources.identifier(ours.getIdentifier(), ReportIdentity.REPORT_SYSTEM)
                .map(Identifier::getValue)
                .orElseThrow();
        if (OwnResources.identifier(there.get().getIdentifier(), ReportIdentity.REPORT_SYSTEM, version)
                .isPresent()) {
            return new Delivery.AlreadyThere(address);
        }
        return replace(atHand, there.get(), address);
    }

    private Delivery replace(Bundle atHand, DiagnosticReport there, String address) {
        Touched state = reports.touched(there);
        if (SourceVersion.isNewer(state.results(), atHand)) {
            return new NotOverwritten(address, Reason.NEWER_THERE, "it reports a newer version of the recording");
        }
        boolean amends = there.getStatus() == DiagnosticReport.DiagnosticReportStatus.AMENDED
                || (state.confirmed() && SourceVersion.differs(state.results(), atHand));
        if (state.touched().isPresent() && !(state.confirmed() && amends)) {
            return state.touched().get();
        }
        if (amends) {
            Revision.amend(atHand, there, state.results());
        }
        TransactionForm form = form(atHand);
        form.replace(there);
        state.results().forEach(form::replace);
        form.observationsWithoutPlace()
                .forEach(fresh -> reports.find(Observation.class, fresh).ifPresent(form::replace));
        return new Delivery.Send(form.bundle(), true);
    }

    private TransactionForm form(Bundle atHand) {
        TransactionForm form = new TransactionForm(server.client().getFhirContext(), capabilities(), atHand);
        devices(form);
        return form;
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
        return withdrawals.prepare(order);
    }

    /** Writes a prepared Bundle to a server without transactions: one resource after another, the report after its results. */
    public void writeOneByOne(Bundle prepared) {
        new SingleWrites(server).write(prepared);
    }

    private void devices(TransactionForm form) {
        form.devices().forEach((url, device) -> form.place(url, ensureDevice(device)));
    }
}
