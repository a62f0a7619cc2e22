package dev.ecgfhir.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerCounts;
import dev.ecgfhir.routes.Lane;
import java.util.List;
import java.util.Locale;

/** What {@code status} tells, as JSON; docs/command-line.md has its fields. */
public final class StatusDocument {
    private StatusDocument() {}

    /**
     * Makes it.
     *
     * @param ledger where it stands now
     * @param lanes the servers at work; empty where no server runs
     */
    public static ObjectNode of(Ledger ledger, List<Lane> lanes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        LedgerCounts counts = ledger.counts();
        document.putObject("counts")
                .put("discovered", counts.discovered())
                .put("delivered", counts.delivered())
                .put("refused", counts.refused())
                .put("ignored", counts.ignored())
                .put("dead", counts.dead())
                .put("inProgress", counts.inProgress());
        ArrayNode reasons = document.putArray("reasons");
        ledger.reasons()
                .forEach(one -> reasons.addObject()
                        .put("state", one.state().name())
                        .put("reason", one.reason())
                        .put("rows", one.rows()));
        ArrayNode servers = document.putArray("servers");
        lanes.forEach(lane -> servers.addObject()
                .put("name", lane.name())
                .put("kind", lane.kind().name().toLowerCase(Locale.ROOT))
                .put("url", lane.url())
                .put("paused", lane.paused())
                .put("failures", lane.failures()));
        ArrayNode duties = document.putArray("duties");
        ledger.dutyHolders()
                .forEach(one -> duties.addObject()
                        .put("job", one.job())
                        .put("subject", one.subject())
                        .put("node", one.node())
                        .put("since", one.since().toString())
                        .put("held", one.held()));
        ArrayNode feeds = document.putArray("feeds");
        ledger.feeds()
                .all()
                .forEach(one -> feeds.addObject()
                        .put("source", one.source())
                        .put("feed", one.feed())
                        .put("cursor", one.text())
                        .put("updatedAt", one.updatedAt().toString()));
        ArrayNode subscriptions = document.putArray("subscriptions");
        ledger.subscriptions()
                .all()
                .forEach(one -> subscriptions
                        .addObject()
                        .put("source", one.source())
                        .put("state", one.standing().name())
                        .put("endsAt", one.endsAt().toString())
                        .put("heardAt", one.heardAt().toString())
                        .put("lastEvent", one.lastEvent())
                        .put("searchIsWished", one.searchIsWished()));
        document.set("backfills", BackfillDocument.of(ledger.backfills().all()));
        return document;
    }
}
