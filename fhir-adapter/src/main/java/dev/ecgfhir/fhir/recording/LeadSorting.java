package dev.ecgfhir.fhir.recording;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sorts the elements of an ECG Observation: which lead each is, and what is left out and why.
 *
 * <p>One instance sorts one Observation.
 */
final class LeadSorting {
    private final Map<Lead, List<LeadElement>> chosen = new EnumMap<>(Lead.class);
    private final Map<Lead, String> recognisedBy = new EnumMap<>(Lead.class);
    private final List<LeadElement> inverted = new ArrayList<>();
    private final List<String> extra = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final List<LeadElement> unknown = new ArrayList<>();
    private String invertedBy = "";
    private int medianBeats;
    private boolean avrIsInverted;
    private Optional<LeadOrder> applied = Optional.empty();
    private boolean interlaced;

    private LeadSorting() {}

    /**
     * Sorts.
     *
     * @param order the leads where nothing names any
     */
    static LeadSorting of(List<LeadElement> elements, Optional<LeadOrder> order) throws Refusal {
        LeadSorting sorting = new LeadSorting();
        for (LeadElement element : elements) {
            sorting.add(element);
        }
        sorting.settleInverted();
        if (order.isPresent()) {
            sorting.apply(order.get());
        }
        sorting.checkUnknown();
        return sorting;
    }

    private void add(LeadElement element) throws Refusal {
        if (element.data().isEmpty() && !element.valueMissing()) {
            return; // a heart rate, a classification
        }
        RecognisedLead lead = element.lead();
        if (lead.conflict().isPresent()) {
            throw new Refusal(
                    RefusalReason.CONFLICTING_LEAD,
                    element.element() + ".code",
                    lead.conflict().get() + "; expected codes, displays and text to name the same lead");
        }
        if (element.isAbsent()) {
            lead.statement().ifPresent(statement -> absent.add(statement.name()));
        } else if (element.isMedianBeat()) {
            medianBeats++;
        } else if (lead.statement().isEmpty()) {
            unknown.add(element);
        } else {
            add(element, lead.statement().get(), lead.by());
        }
    }

    private void add(LeadElement element, LeadStatement statement, String by) throws Refusal {
        if (statement.lead().isEmpty()) {
            extra.add(statement.name());
            return;
        }
        if (element.dataAbsent()) {
            throw new Refusal(
                    RefusalReason.BAD_SAMPLED_DATA,
                    element.element() + ".dataAbsentReason",
                    "dataAbsentReason says that there are no data, and data are there; expected one or the other");
        }
        if (statement.inverted()) {
            addChunk(inverted, element, statement.name());
            invertedBy = by;
            return;
        }
        Lead lead = statement.lead().get();
        addChunk(chosen.computeIfAbsent(lead, none -> new ArrayList<>()), element, statement.name());
        recognisedBy.putIfAbsent(lead, by);
    }

    /** Chunks of one trace are labelled alike; a raw and a filtered trace, or a rhythm strip, are not. */
    private static void addChunk(List<LeadElement> chunks, LeadElement element, String lead) throws Refusal {
        if (!chunks.isEmpty() && !chunks.get(0).isLabelledLike(element)) {
            throw new Refusal(
                    RefusalReason.UNSUPPORTED_FORM,
                    element.element() + ".code",
                    "lead " + lead + " stands here and in " + chunks.get(0).element()
                            + " with other codes or texts; expected consecutive chunks, which are labelled alike");
        }
        chunks.add(element);
    }

    /** -aVR stands in for aVR, with the sign changed, where aVR itself is not there. */
    private void settleInverted() {
        if (inverted.isEmpty()) {
            return;
        }
        if (chosen.containsKey(Lead.AVR)) {
            extra.add("-aVR");
            return;
        }
        chosen.put(Lead.AVR, inverted);
        recognisedBy.put(Lead.AVR, invertedBy);
        avrIsInverted = true;
    }

    /** Where one waveform names its lead, the sender names leads, and an order would be a guess about the others. */
    private void apply(LeadOrder order) throws Refusal {
        if (unknown.isEmpty() || !chosen.isEmpty() || !extra.isEmpty()) {
            return;
        }
        chosen.putAll(OrderedLeads.of(unknown, order));
        chosen.keySet().forEach(lead -> recognisedBy.put(lead, "the source's lead order"));
        interlaced = OrderedLeads.areInterlaced(unknown);
        applied = Optional.of(order);
        unknown.clear();
    }

    private void checkUnknown() throws Refusal {
        for (LeadElement element : unknown) {
            if (element.data().isPresent() && element.data().get().getDimensions() > 1) {
                throw Series.interlaced(element.data().get(), element.path());
            }
        }
        if (chosen.isEmpty()) {
            throw new Refusal(
                    RefusalReason.NO_KNOWN_LEAD,
                    unknown.isEmpty() ? "Observation" : unknown.get(0).element() + ".code",
                    "none of " + (unknown.size() + extra.size() + medianBeats)
                            + " waveforms is told to be one of the twelve standard leads"
                            + (extra.isEmpty() ? "" : " (other leads: " + String.join(", ", extra) + ")")
                            + "; expected an MDC code such as 131329 (lead I), a SNOMED CT lead code, or a lead's name as display or text");
        }
    }

    /** Returns the elements of each lead, in the Observation's order. */
    Map<Lead, List<LeadElement>> chosen() {
        return chosen;
    }

    /** Returns the order whose leads each series interlaces; empty where each lead has series of its own. */
    Optional<LeadOrder> interlaced() {
        return applied.filter(order -> interlaced);
    }

    String recognisedBy(Lead lead) {
        return recognisedBy.getOrDefault(lead, "");
    }

    boolean isInverted(Lead lead) {
        return lead == Lead.AVR && avrIsInverted;
    }

    List<String> flags() {
        List<String> flags = new ArrayList<>();
        applied.ifPresent(order -> flags.add("LEAD_ORDER:" + order));
        if (avrIsInverted) {
            flags.add("NEGATED_LEAD:-aVR");
        }
        if (!extra.isEmpty()) {
            flags.add("EXTRA_LEADS:"
                    + String.join(",", extra.stream().sorted().distinct().toList()));
        }
        if (!absent.isEmpty()) {
            flags.add("ABSENT_LEADS:"
                    + String.join(",", absent.stream().sorted().distinct().toList()));
        }
        if (medianBeats > 0) {
            flags.add("MEDIAN_BEATS_LEFT_OUT:" + medianBeats);
        }
        if (!unknown.isEmpty()) {
            flags.add("UNRECOGNISED_WAVEFORMS:" + unknown.size());
        }
        return flags;
    }
}
