package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.report.Delivery;
import dev.ecgfhir.fhir.report.Withdrawal;
import dev.ecgfhir.ledger.LedgerEntry;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Withdraws what other models have reported of older versions of an ECG, once its correction is reported. A report's identity holds its
 * model, so that after a change of models the report of the correction does not take the place of the one before, which would go on to say
 * what was corrected, and perhaps of another patient. Safe to share between threads.
 */
final class OtherModels {
    private static final Logger LOG = LoggerFactory.getLogger(OtherModels.class);

    private final TargetLane lane;
    private final RouteParts parts;

    OtherModels(TargetLane lane, RouteParts parts) {
        this.lane = lane;
        this.parts = parts;
    }

    /**
     * Withdraws them, as far as there are any; called while the row of the correction is not closed yet, so that nothing of it is left
     * undone. What a person has touched is left as it is.
     *
     * @param entry the row whose report is on the target
     */
    void withdraw(LedgerEntry entry) {
        List<String> models = parts.ledger().versions(entry.source(), entry.resource()).stream()
                .filter(one -> one.id() != entry.id() && entry.isNewerThan(one))
                .flatMap(one -> one.modelHash().stream())
                .filter(model -> !entry.modelHash().filter(model::equals).isPresent())
                .distinct()
                .toList();
        if (models.isEmpty()) {
            return;
        }
        Withdrawal order = Withdrawal.of(
                entry.source(),
                entry.resource(),
                entry.version(),
                Withdrawal.Cause.CORRECTED,
                models,
                parts.clock().instant());
        Delivery delivery = lane.sink().withdraw(order);
        if (delivery instanceof Delivery.Send send) {
            write(send.bundle());
            LOG.info("{}: what another model reported of an older version is withdrawn", entry.name());
        } else if (delivery instanceof Delivery.NotOverwritten kept && kept.reason() != Delivery.Reason.NEWER_THERE) {
            LOG.warn(
                    "{}: {} on target {}, of an older version and another model, is left as it is: {} ({})",
                    entry.name(),
                    kept.report(),
                    lane.config().name(),
                    kept.detail(),
                    kept.reason());
        }
    }

    private void write(Bundle bundle) {
        if (lane.sink().capabilities().transaction()) {
            lane.client().transaction().withBundle(bundle).execute();
        } else {
            lane.sink().writeOneByOne(bundle);
        }
    }
}
