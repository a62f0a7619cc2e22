package dev.ecgfhir.terminology.map;

import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A label map held in memory, found by the whole label. Immutable and safe to share between threads. */
final class TableLabelMap implements LabelMap {
    private final String version;
    private final ConceptScope scope;
    private final List<Mapping> mappings;
    private final Map<String, Mapping> byLabel;

    TableLabelMap(String version, ConceptScope scope, List<Mapping> mappings) {
        this.scope = scope;
        this.version = version;
        this.mappings = List.copyOf(mappings);
        Map<String, Mapping> found = new HashMap<>();
        for (Mapping mapping : mappings) {
            found.put(mapping.label(), mapping);
        }
        this.byLabel = Map.copyOf(found);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public ConceptScope scope() {
        return scope;
    }

    @Override
    public List<Mapping> mappings() {
        return mappings;
    }

    @Override
    public Optional<Mapping> find(String label) {
        return Optional.ofNullable(byLabel.get(label));
    }
}
