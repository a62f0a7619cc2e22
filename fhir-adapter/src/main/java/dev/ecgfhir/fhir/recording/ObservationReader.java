package dev.ecgfhir.fhir.recording;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.SampledData;

/**
 * Reads an ECG from a FHIR R4 Observation.
 *
 * <p>Read are one component for each lead, one lead as the Observation's own value, and several components of one lead that are
 * consecutive chunks. The rules, and what every refusal means, are in docs/reading-ecgs.md. Whatever the Observation holds, the answer is
 * a value; nothing is thrown for bad content.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ObservationReader {
    private final ReadOptions options;
    private final ResourceParser parser = new ResourceParser();

    /**
     * Creates a reader.
     *
     * @param options what the source leaves to agreement
     */
    public ObservationReader(ReadOptions options) {
        this.options = options;
    }

    /**
     * Reads an Observation from its text.
     *
     * @param jsonOrXml one FHIR resource
     * @param base address of the FHIR server, or the file's name
     * @return the outcome; other resources than Observations are ignored, and a Bundle too
     */
    public ReadOutcome read(String jsonOrXml, String base) {
        ResourceParser.Parsed parsed = parser.parse(jsonOrXml);
        if (parsed instanceof ResourceParser.Unreadable unreadable) {
            return unreadable.outcome();
        }
        if (parsed instanceof ResourceParser.Resource resource) {
            return resource.resource() instanceof Observation observation
                    ? read(observation, base)
                    : new ReadOutcome.Ignored(
                            IgnoreReason.NOT_AN_OBSERVATION,
                            "the resource is a " + resource.resource().fhirType());
        }
        throw new IllegalStateException("unknown parse result " + parsed.getClass());
    }

    /**
     * Reads an Observation whose id and version stand in itself.
     *
     * @param observation not modified
     * @param base address of the FHIR server, or the file's name
     * @return the outcome
     */
    public ReadOutcome read(Observation observation, String base) {
        Optional<String> id =
                Optional.ofNullable(observation.getIdElement().getIdPart()).filter(text -> !text.isBlank());
        Optional<String> version = Optional.ofNullable(observation.getMeta().getVersionId())
                .or(() -> Optional.ofNullable(observation.getIdElement().getVersionIdPart()))
                .filter(text -> !text.isBlank());
        return read(observation, new SourceReference(base, id.map(part -> "Observation/" + part), version));
    }

    /**
     * Reads an Observation.
     *
     * @param observation not modified
     * @param source where it came from
     * @return the outcome
     */
    public ReadOutcome read(Observation observation, SourceReference source) {
        Optional<ReadOutcome> ignored = Eligibility.ignoredAtOnce(observation);
        if (ignored.isPresent()) {
            return ignored.get();
        }
        try {
            Eligibility.checkComplete(observation);
            List<LeadElement> elements = LeadElement.of(observation);
            Optional<ReadOutcome> notOurs = Eligibility.ignored(observation, elements);
            if (notOurs.isPresent()) {
                return notOurs.get();
            }
            Eligibility.checkModifiers(observation);
            return read(observation, LeadSorting.of(elements, options.leadOrder()), source);
        } catch (Refusal refusal) {
            return refusal.outcome();
        }
    }

    private ReadOutcome read(Observation observation, LeadSorting sorting, SourceReference source) throws Refusal {
        Map<Lead, List<Series>> series = decode(sorting);
        List<RecordedLead> leads = new ArrayList<>();
        for (Map.Entry<Lead, List<Series>> entry : series.entrySet()) {
            Lead lead = entry.getKey();
            Waveform waveform = Chunks.join(lead, entry.getValue());
            leads.add(new RecordedLead(
                    lead, sorting.isInverted(lead) ? waveform.negated() : waveform, sorting.recognisedBy(lead), false));
        }
        List<String> flags = new ArrayList<>(sorting.flags());
        addFlags(series, flags);
        if (observation.getStatus() == Observation.ObservationStatus.UNKNOWN) {
            flags.add("STATUS_UNKNOWN");
        }
        String element = leads.size() == 1 ? "Observation" : "Observation.component";
        return Recordings.assemble(source, leads, ContextReader.read(observation), flags, element);
    }

    private Map<Lead, List<Series>> decode(LeadSorting sorting) throws Refusal {
        if (sorting.interlaced().isPresent()) {
            return decode(sorting, sorting.interlaced().get());
        }
        Map<Lead, List<Series>> series = new EnumMap<>(Lead.class);
        int left = options.maximumPoints();
        for (Map.Entry<Lead, List<LeadElement>> entry : sorting.chosen().entrySet()) {
            List<Series> chunks = new ArrayList<>();
            for (LeadElement element : entry.getValue()) {
                SampledData data = element.data().orElseThrow();
                Series chunk = Series.read(data, element.path(), options, left);
                left -= chunk.samples();
                chunks.add(chunk);
            }
            series.put(entry.getKey(), chunks);
        }
        return series;
    }

    private Map<Lead, List<Series>> decode(LeadSorting sorting, LeadOrder order) throws Refusal {
        Map<Lead, List<Series>> series = new EnumMap<>(Lead.class);
        int left = options.maximumPoints();
        for (LeadElement element : sorting.chosen().getOrDefault(order.leads().get(0), List.of())) {
            List<Series> parts = Series.readInterlaced(element.data().orElseThrow(), element.path(), options, left);
            for (int i = 0; i < order.size(); i++) {
                left -= parts.get(i).samples();
                series.computeIfAbsent(order.leads().get(i), lead -> new ArrayList<>())
                        .add(parts.get(i));
            }
        }
        return series;
    }

    private static void addFlags(Map<Lead, List<Series>> series, List<String> flags) {
        TreeSet<String> units = new TreeSet<>();
        for (Map.Entry<Lead, List<Series>> entry : series.entrySet()) {
            String lead = entry.getKey().display();
            List<Series> chunks = entry.getValue();
            int beyondLimits = chunks.stream().mapToInt(Series::beyondLimits).sum();
            if (beyondLimits > 0) {
                flags.add("BEYOND_LIMITS:" + lead + "=" + beyondLimits);
            }
            if (chunks.size() > 1) {
                flags.add("JOINED_CHUNKS:" + lead + "=" + chunks.size());
            }
            if (chunks.stream().anyMatch(Series::invertedFactor)) {
                flags.add("NEGATIVE_FACTOR:" + lead);
            }
            chunks.forEach(chunk -> chunk.defaultUnit().ifPresent(unit -> units.add(unit.code())));
        }
        units.forEach(unit -> flags.add("DEFAULT_UNIT:" + unit));
    }
}
