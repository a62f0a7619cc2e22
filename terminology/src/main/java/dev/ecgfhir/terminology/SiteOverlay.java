package dev.ecgfhir.terminology;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a site adds to the map or changes in it: codings of its own, displays in other languages, alert levels, SNOMED CT concepts that it
 * does not want. Immutable and safe to share between threads.
 *
 * @param name names it, with its version, in the version of the map; empty for no overlay
 * @param codings further codings by label, in the order of the file
 * @param displays wordings by label and language (BCP 47)
 * @param alerts alert levels by label
 * @param withoutSnomedCt labels that get no SNOMED CT concept
 */
public record SiteOverlay(
        String name,
        Map<String, List<Target>> codings,
        Map<String, Map<String, String>> displays,
        Map<String, AlertLevel> alerts,
        Set<String> withoutSnomedCt) {
    /** No overlay. */
    public static final SiteOverlay NONE = new SiteOverlay("", Map.of(), Map.of(), Map.of(), Set.of());

    /** Copies everything; keeps the order. */
    public SiteOverlay {
        codings = copy(codings);
        displays = Map.copyOf(displays);
        alerts = Map.copyOf(alerts);
        withoutSnomedCt = Set.copyOf(withoutSnomedCt);
    }

    private static Map<String, List<Target>> copy(Map<String, List<Target>> given) {
        Map<String, List<Target>> copied = new LinkedHashMap<>();
        given.forEach((label, targets) -> copied.put(label, List.copyOf(targets)));
        return java.util.Collections.unmodifiableMap(copied);
    }

    /** Returns the version of a map with this overlay on it, for example {@code 2.0.0+st-elsewhere-1.0.0}. */
    String version(String map) {
        return name.isEmpty() ? map : map + "+" + name;
    }

    /** Returns a mapping as this site wants it: the map's own concepts first, then the site's. */
    Mapping over(Mapping mapping) {
        String label = mapping.label();
        Mapping changed = mapping.withReading(
                displays.getOrDefault(label, Map.of()).getOrDefault("en", mapping.text()),
                alerts.getOrDefault(label, mapping.alert()));
        boolean withdrawn = withoutSnomedCt.contains(label);
        if (!withdrawn && !codings.containsKey(label)) {
            return changed;
        }
        List<Target> targets = new ArrayList<>(withdrawn ? List.of() : changed.targets());
        targets.addAll(codings.getOrDefault(label, List.of()));
        return changed.withTargets(
                targets, withdrawn ? withdrawn() : changed.comment().orElse(""));
    }

    /** Says why a label has no SNOMED CT concept though the map has one. */
    String withdrawn() {
        return "The site's overlay " + name + " wants no SNOMED CT concept for this label.";
    }

    /**
     * Returns a map with this overlay on it.
     *
     * @param map the map
     */
    public LabelMap over(LabelMap map) {
        return this.equals(NONE) ? map : new OverlaidLabelMap(this, map);
    }

    /** Returns the code systems of this site's codings, in the order of the file. */
    Set<String> systems() {
        Set<String> systems = new java.util.LinkedHashSet<>();
        codings.values()
                .forEach(targets ->
                        targets.forEach(target -> systems.add(target.coding().system())));
        return systems;
    }

    /** Tells whether a text is a language tag such as {@code de} or {@code de-CH}. */
    public static boolean isLanguage(String tag) {
        return !tag.isEmpty()
                && Locale.forLanguageTag(tag).toLanguageTag().equalsIgnoreCase(tag)
                && new HashSet<>(List.of(Locale.getISOLanguages()))
                        .contains(Locale.forLanguageTag(tag).getLanguage());
    }
}
