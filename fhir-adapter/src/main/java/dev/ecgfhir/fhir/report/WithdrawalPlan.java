package dev.ecgfhir.fhir.report;

import dev.ecgfhir.fhir.report.Delivery.NotOverwritten;
import dev.ecgfhir.fhir.report.Delivery.Reason;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.DiagnosticReport;

/** Decides how to withdraw what was reported of an ECG, as things stand on the target. Safe to share between threads. */
final class WithdrawalPlan {
    private final ReportsThere there;
    private final Supplier<TargetCapabilities> capabilities;

    WithdrawalPlan(ReportsThere there, Supplier<TargetCapabilities> capabilities) {
        this.there = there;
        this.capabilities = capabilities;
    }

    Delivery prepare(Withdrawal order) {
        WithdrawnForm form = new WithdrawnForm(order, capabilities.get());
        Delivery otherwise = new Delivery.NothingThere();
        for (String key : order.baseKeys()) {
            String first = ReportIdentity.id(key, "report");
            Optional<DiagnosticReport> report = there.reportNow(first);
            for (int number = 2; report.isPresent() && number <= ReportSink.MOST_REPORTS; number++) {
                otherwise = worse(otherwise, withdraw(form, report.get(), order));
                report = there.reportNow(Revision.idBeside(first, number));
            }
        }
        return form.bundle().hasEntry() ? new Delivery.Send(form.bundle(), true) : otherwise;
    }

    private Delivery withdraw(WithdrawnForm form, DiagnosticReport report, Withdrawal order) {
        String address = "DiagnosticReport/" + report.getIdElement().getIdPart();
        Touched state = there.touched(report);
        if (!SourceVersion.isOf(state.results(), order.recording())) {
            return new Delivery.NothingThere(); // it was made anew without this lead
        }
        if (SourceVersion.isNewer(state.results(), order.recording())) {
            return new NotOverwritten(address, Reason.NEWER_THERE, "it reports a newer version of the recording");
        }
        if (state.touched().isPresent()) {
            return state.touched().get();
        }
        if (report.getStatus() != DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR) {
            form.add(report, state.results());
        }
        return new Delivery.AlreadyThere(address);
    }

    private static Delivery worse(Delivery first, Delivery second) {
        return first instanceof NotOverwritten || second instanceof Delivery.NothingThere ? first : second;
    }
}
