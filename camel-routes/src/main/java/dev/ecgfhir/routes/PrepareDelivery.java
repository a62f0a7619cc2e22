package dev.ecgfhir.routes;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import dev.ecgfhir.fhir.report.Delivery;
import dev.ecgfhir.fhir.report.Withdrawal;
import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Outbox;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the target what it needs of a finished report, or of the order to withdraw one. The body becomes the Bundle to send; or null, if
 * the row has ended because the report is there already, a newer one is, a person has touched it, or the ECG was withdrawn.
 */
final class PrepareDelivery implements Processor {
    /** Exchange property: true if the target takes no transactions. */
    static final String ONE_BY_ONE = "EcgFhirOneByOne";

    /** Exchange property: the order to withdraw that is being carried out; absent for a report. */
    static final String ORDER = "EcgFhirWithdrawal";

    private static final Logger LOG = LoggerFactory.getLogger(PrepareDelivery.class);

    private final TargetLane lane;
    private final Ledger ledger;
    private final FhirContext fhir;
    private final Withdrawals withdrawals;
    private final OtherModels others;

    PrepareDelivery(TargetLane lane, RouteParts parts, Withdrawals withdrawals) {
        this.lane = lane;
        this.ledger = parts.ledger();
        this.fhir = parts.fhir();
        this.withdrawals = withdrawals;
        this.others = new OtherModels(lane, parts);
    }

    @Override
    public void process(Exchange exchange) {
        Claim claim = Claimed.of(exchange).claim();
        exchange.getMessage().setBody(null);
        try {
            prepare(exchange, claim, fhir.newJsonParser().parseResource(stored(claim)));
        } catch (Outbox.DamagedException e) {
            LOG.error("{}: {}; it is interpreted again", claim.entry().name(), e.getMessage());
            ledger.outbox().interpretAgain(claim);
        }
    }

    private void prepare(Exchange exchange, Claim claim, IBaseResource stored) {
        if (stored instanceof Parameters order) {
            withdraw(exchange, claim, Withdrawal.of(order));
        } else if (!withdrawals.holdsBack(claim)) {
            report(exchange, claim, (Bundle) stored);
        }
    }

    private String stored(Claim claim) {
        return ledger.outbox()
                .report(claim.entry().id())
                .orElseThrow(() -> new IllegalStateException(
                        "the outbox has no report of row " + claim.entry().id()));
    }

    private void report(Exchange exchange, Claim claim, Bundle report) {
        Delivery delivery = lane.sink().prepare(report);
        if (delivery instanceof Delivery.Send send) {
            send(exchange, send);
            return;
        }
        lane.pause().succeeded();
        if (delivery instanceof Delivery.AlreadyThere) {
            delivered(claim);
        } else if (delivery instanceof Delivery.NotOverwritten kept) {
            keep(claim, kept);
        } else {
            throw new IllegalStateException("unknown delivery " + delivery.getClass());
        }
    }

    /** Closes the row of a report that is on the target. */
    void delivered(Claim claim) {
        others.withdraw(claim.entry());
        ledger.delivered(claim);
    }

    private void withdraw(Exchange exchange, Claim claim, Withdrawal order) {
        Delivery delivery = lane.sink().withdraw(order);
        if (delivery instanceof Delivery.Send send) {
            exchange.setProperty(ORDER, order);
            send(exchange, send);
            return;
        }
        lane.pause().succeeded();
        ended(claim, delivery, order);
    }

    /** Closes the row of a withdrawal that was sent: looked at again, since a report may have been left as it is beside those withdrawn. */
    void withdrawn(Claim claim, Withdrawal order) {
        ended(claim, lane.sink().withdraw(order), order);
    }

    private void ended(Claim claim, Delivery delivery, Withdrawal order) {
        if (order.cause() == Withdrawal.Cause.MOVED
                && (delivery instanceof Delivery.AlreadyThere || delivery instanceof Delivery.NothingThere)) {
            ledger.groups()
                    .moved(
                            claim,
                            RouteReason.LEAD_MOVED.name(),
                            "the report of the ECG that this lead was in is withdrawn; it is read now");
        } else if (delivery instanceof Delivery.AlreadyThere there) {
            ledger.ignored(
                    claim, RouteReason.WITHDRAWN.name(), order.cause() + ": " + there.report() + " is withdrawn");
        } else if (delivery instanceof Delivery.NothingThere) {
            ledger.ignored(claim, RouteReason.WITHDRAWN.name(), order.cause() + ": there is no report of it");
        } else if (delivery instanceof Delivery.NotOverwritten kept) {
            keep(claim, kept);
        } else {
            throw new ResourceVersionConflictException("a report changed while it was withdrawn");
        }
    }

    private void send(Exchange exchange, Delivery.Send send) {
        exchange.setProperty(ONE_BY_ONE, !lane.sink().capabilities().transaction());
        exchange.getMessage().setBody(send.bundle());
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
