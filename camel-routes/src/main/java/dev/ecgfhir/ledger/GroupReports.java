package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Under what the reports may stand of which an Observation is, or was, a lead.
 *
 * @param resources Observations of one lead of those groups, and their resources: type and id
 * @param models hashes of the models that read them
 * @param inDelivery rows whose report, or whose withdrawal, waits for its delivery
 */
public record GroupReports(List<String> resources, List<String> models, List<Long> inDelivery) {
    /** Copies the lists. */
    public GroupReports {
        resources = List.copyOf(resources);
        models = List.copyOf(models);
        inDelivery = List.copyOf(inDelivery);
    }

    static GroupReports of(Connection connection, LedgerEntry entry) throws SQLException {
        Set<String> resources = new LinkedHashSet<>();
        Set<String> models = new LinkedHashSet<>();
        List<Long> inDelivery = new ArrayList<>();
        Sql.query(
                connection,
                "select e.id, e.resource, e.model_hash, e.state, m.lead_name from ledger_group_member m"
                        + " join ledger_entry e on e.id = m.entry_id where m.group_id in (select other.group_id from"
                        + " ledger_group_member other join ledger_entry mine on mine.id = other.entry_id"
                        + " where mine.source = ? and mine.resource = ?) order by e.id",
                row -> {
                    if ("I".equals(row.getString("lead_name"))) {
                        resources.add(row.getString("resource"));
                    }
                    String model = row.getString("model_hash");
                    if (model != null) {
                        models.add(model);
                    }
                    boolean waits = row.getString("state").equals(State.INTERPRETED.name());
                    if (waits && row.getLong("id") != entry.id()) {
                        inDelivery.add(row.getLong("id"));
                    }
                    return true;
                },
                entry.source(),
                entry.resource());
        return new GroupReports(List.copyOf(resources), List.copyOf(models), inDelivery);
    }
}
