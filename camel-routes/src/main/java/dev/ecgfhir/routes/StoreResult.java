package dev.ecgfhir.routes;

import dev.ecgfhir.component.EcgFounderConstants;
import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.fhir.report.ReportIdentity;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.FinishedReport;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerGroup;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.ReportContents;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Puts the finished report of an interpretation into the outbox, or ends the row with the reason of its refusal. */
final class StoreResult implements Processor {
    private final Map<String, SourceLane> lanes;
    private final Map<String, ReportWriter> writers = new HashMap<>();
    private final RouteParts parts;
    private final Ledger ledger;

    StoreResult(Map<String, SourceLane> lanes, RouteParts parts) {
        this.lanes = Map.copyOf(lanes);
        this.parts = parts;
        this.ledger = parts.ledger();
        lanes.values()
                .forEach(lane -> writers.put(
                        lane.source().base(),
                        new ReportWriter(
                                parts.fhir(),
                                parts.reports().withSameIds(lane.target().sameIds()))));
    }

    @Override
    public void process(Exchange exchange) {
        Claim claim = Claimed.of(exchange).claim();
        Message message = exchange.getMessage();
        LedgerGroup group = exchange.getProperty(Joining.GROUP, LedgerGroup.class);
        if (message.getBody() instanceof Interpretation interpretation) {
            FinishedReport report = report(claim.entry().source(), interpretation);
            if (group == null) {
                ledger.interpreted(claim, report);
            } else {
                ledger.groups().interpreted(claim, group, report);
            }
            return;
        }
        String reason = message.getHeader(EcgFounderConstants.REASON, String.class);
        String detail = message.getHeader(EcgFounderConstants.DETAIL, String.class);
        if (group == null) {
            ledger.refused(claim, reason, detail);
        } else {
            ledger.groups().refused(claim, group, reason, detail);
        }
    }

    private FinishedReport report(String source, Interpretation interpretation) {
        SourceLane lane = lanes.get(source);
        ReportWriter writer = writers.get(source);
        if (lane == null || writer == null) {
            throw new IllegalStateException("no writer for reports on " + source);
        }
        ReportContent content = ReportContents.of(
                interpretation,
                parts.labels(),
                parts.softwareVersion(),
                parts.clock().instant());
        return new FinishedReport(
                content.modelHash(),
                ReportIdentity.of(content).identifier().getValue(),
                lane.target().name(),
                writer.json(content, lane.targetBase()));
    }
}
