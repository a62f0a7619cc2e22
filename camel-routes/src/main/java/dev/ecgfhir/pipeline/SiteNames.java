package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.report.ReportLanguage;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Mapping;
import dev.ecgfhir.terminology.Terminology;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What findings are called where a site has names of its own. */
final class SiteNames {
    private SiteNames() {}

    /**
     * Names a finding in each language: as the site does in it, or in a variant of it, or else as the bundled translations of the bundled wording do. A combined
     * concept keeps its own name, because the site named only one label of it.
     *
     * @param finding the finding
     * @param labels the map with the site's overlay
     * @return empty if the site has no name for the label
     */
    static Map<ReportLanguage, String> of(Finding finding, LabelMap labels) {
        String label = finding.label().name();
        Map<String, String> given = labels.siteNames(label);
        Map<ReportLanguage, String> names = new EnumMap<>(ReportLanguage.class);
        if (given.isEmpty() || !finding.combined().isEmpty()) {
            return names;
        }
        String bundled = Terminology.labelMap().find(label).map(Mapping::text).orElse(finding.text());
        for (ReportLanguage language : ReportLanguage.values()) {
            String ours = language.nameOf(bundled).orElse(bundled);
            names.put(
                    language,
                    given.getOrDefault(
                            language.tag(), regional(given, language.tag()).orElse(ours)));
        }
        return names;
    }

    /** Returns the site's name in a variant of a language, such as {@code de-CH}, the first by its tag if there are several. */
    private static Optional<String> regional(Map<String, String> given, String language) {
        return given.entrySet().stream()
                .filter(name -> name.getKey().toLowerCase(Locale.ROOT).startsWith(language + "-"))
                .min(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }
}
