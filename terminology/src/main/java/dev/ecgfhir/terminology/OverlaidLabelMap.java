package dev.ecgfhir.terminology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A label map with a site's overlay on it. Immutable and safe to share between threads. */
final class OverlaidLabelMap implements LabelMap {
    private final SiteOverlay overlay;
    private final String version;
    private final ConceptScope scope;
    private final List<Mapping> mappings;
    private final Map<String, Mapping> byLabel;

    OverlaidLabelMap(SiteOverlay overlay, LabelMap map) {
        this.overlay = overlay;
        this.version = overlay.version(map.version());
        this.scope = map.scope();
        this.mappings = map.mappings().stream().map(overlay::over).toList();
        this.byLabel = mappings.stream().collect(Collectors.toMap(Mapping::label, Function.identity()));
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

    @Override
    public Map<String, String> siteNames(String label) {
        return overlay.displays().getOrDefault(label, Map.of());
    }
}
