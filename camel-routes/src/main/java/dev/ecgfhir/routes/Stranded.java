package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerException;
import dev.ecgfhir.ledger.State;
import dev.ecgfhir.ledger.WaitingRows;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells at the start of rows in progress that nobody will work on, since their source or target is no longer among the settings. */
final class Stranded {
    private static final Logger LOG = LoggerFactory.getLogger(Stranded.class);

    private Stranded() {}

    static void warn(Ledger ledger, RoutesConfig config) {
        try {
            lines(ledger.waitingRows(), config).forEach(LOG::warn);
        } catch (LedgerException e) {
            LOG.warn("whether rows wait for servers that are no longer configured is not known: {}", e.getMessage());
        }
    }

    static List<String> lines(List<WaitingRows> waiting, RoutesConfig config) {
        Set<String> sources =
                config.sources().stream().map(SourceRouteConfig::url).collect(Collectors.toSet());
        Set<String> targets =
                config.allTargets().stream().map(TargetRouteConfig::name).collect(Collectors.toSet());
        return waiting.stream()
                .filter(rows -> !(rows.state() == State.DISCOVERED ? sources : targets).contains(rows.server()))
                .map(Stranded::line)
                .toList();
    }

    private static String line(WaitingRows rows) {
        return rows.state() == State.DISCOVERED
                ? rows.rows() + " ECGs of source " + rows.server()
                        + " wait to be interpreted, and no source has this address now; they wait until one has"
                : rows.rows() + " reports wait for target " + rows.server()
                        + ", and no target has this name now; they wait until one has";
    }
}
