package dev.ecgfhir.config;

import dev.ecgfhir.fhir.recording.LeadOrder;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.VoltageUnit;
import java.util.Optional;
import java.util.Set;

/** Reads what ECGs of one origin leave to agreement, and how long they may be. */
final class ReadingReader {
    private final Values values;

    ReadingReader(Values values) {
        this.values = values;
    }

    ReadOptions read(Key maximumPoints, Key defaultUnit, Key leadOrder) {
        ReadOptions options = ReadOptions.defaults().withMaximumPoints(values.integer(maximumPoints, 1, 100_000_000));
        Optional<VoltageUnit> unit = values.optionalChoice(defaultUnit, Set.of("mV", "uV", "nV", "V"))
                .flatMap(VoltageUnit::ofText);
        if (unit.isPresent()) {
            options = options.withDefaultUnit(unit.get());
        }
        Optional<String> leads = values.text(leadOrder);
        Optional<LeadOrder> order = leads.flatMap(LeadOrder::parse);
        if (leads.isPresent() && order.isEmpty()) {
            values.wrong(leadOrder, leads.get());
        }
        return order.isPresent() ? options.withLeadOrder(order.get()) : options;
    }
}
