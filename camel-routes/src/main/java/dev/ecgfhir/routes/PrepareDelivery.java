package dev.ecgfhir.routes;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.fhir.report.Delivery;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.hl7.fhir.r4.model.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the target what it needs of a finished report. The body becomes the Bundle to send; or null, if the row has ended because the
 * report is there already, a newer one is, or a person has touched it.
 */
final class PrepareDelivery implements Processor {
    /** Exchange property: true if the target takes no transactions. */
    static final String ONE_BY_ONE = "EcgFhirOneByOne";

    private static final Logger LOG = LoggerFactory.getLogger(PrepareDelivery.class);

    private final TargetLane lane;
    private final Ledger ledger;
    private final FhirContext fhir;

    PrepareDelivery(TargetLane lane, Ledger ledger, FhirContext fhir) {
        this.lane = lane;
        this.ledger = ledger;
        this.fhir = fhir;
    }

    @Override
    public void process(Exchange exchange) {
        Claim claim = Claimed.of(exchange).claim();
        exchange.getMessage().setBody(null);
        String stored = ledger.bundle(claim.entry().id())
                .orElseThrow(() -> new IllegalStateException(
                        "the outbox has no report of row " + claim.entry().id()));
        Delivery delivery = lane.sink().prepare(fhir.newJsonParser().parseResource(Bundle.class, stored));
        if (delivery instanceof Delivery.Send send) {
            exchange.setProperty(ONE_BY_ONE, !lane.sink().capabilities().transaction());
            exchange.getMessage().setBody(send.bundle());
            return;
        }
        lane.pause().succeeded();
        if (delivery instanceof Delivery.AlreadyThere) {
            ledger.delivered(claim);
        } else if (delivery instanceof Delivery.NotOverwritten kept) {
            keep(claim, kept);
        } else {
            throw new IllegalStateException("unknown delivery " + delivery.getClass());
        }
    }

    private void keep(Claim claim, Delivery.NotOverwritten kept) {
        if (kept.reason() == Delivery.Reason.NEWER_THERE) {
            ledger.ignored(claim, RouteReason.SUPERSEDED.name(), kept.report() + ": " + kept.detail());
            return;
        }
        LOG.warn(
                "{}: {} on target {} is left as it is: {} ({})",
                claim.entry().name(),
                kept.report(),
                lane.config().name(),
                kept.detail(),
                kept.reason());
        ledger.dead(claim, kept.reason().name(), kept.report() + ": " + kept.detail());
    }
}
