package dev.ecgfhir.fhir.report;

import dev.ecgfhir.fhir.report.Delivery.NotOverwritten;
import dev.ecgfhir.fhir.report.Delivery.Reason;
import java.util.List;
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
            // a person may have deleted one and left the one that stands beside it: so one that is missing is not the
            // end
            int missing = 0;
            for (int number = 1; missing < 2 && number <= ReportSink.MOST_REPORTS; number++) {
                List<DiagnosticReport> reports = there.reportsNow(Revision.idBeside(first, number), number == 1);
                missing = reports.isEmpty() ? missing + 1 : 0;
                for (DiagnosticReport report : reports) {
                    otherwise = worse(otherwise, withdraw(form, report, order));
                }
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
