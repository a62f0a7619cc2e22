package dev.ecgfhir.fhir.recording;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Joins recordings of one lead each, of one patient, device and time, into the ECG that they are parts of.
 *
 * <p>Nothing is guessed: a lead twice, leads that differ in sampling frequency or number of samples, and encounters that differ refuse the
 * ECG. It is complete with all twelve leads, or with those of which the others follow ({@code LimbLeads}). What it says of itself beside
 * its leads is what lead I says, so that the order in which the leads came does not matter.
 */
public final class JoinedLeads {
    private static final List<Lead> ENOUGH =
            List.of(Lead.I, Lead.II, Lead.V1, Lead.V2, Lead.V3, Lead.V4, Lead.V5, Lead.V6);

    private JoinedLeads() {}

    /** Returns the leads without which these are no complete ECG; empty if they are one. */
    public static List<Lead> missing(Collection<Lead> present) {
        return present.containsAll(ENOUGH)
                ? List.of()
                : Lead.twelve().stream().filter(lead -> !present.contains(lead)).toList();
    }

    /**
     * Joins.
     *
     * @param parts at least one, each of one lead of one Observation; in any order
     * @param maximumPoints most samples of all leads together
     * @return the ECG, or {@link RefusalReason#AMBIGUOUS_GROUP}, {@link RefusalReason#INCOMPLETE_GROUP} or
     *     {@link RefusalReason#TOO_LONG}
     * @throws IllegalArgumentException if a part is not {@link LeadGroup#isPart of one lead}
     */
    public static ReadOutcome join(List<Recording> parts, int maximumPoints) {
        Map<Lead, Recording> leads = new EnumMap<>(Lead.class);
        try {
            for (Recording part : parts) {
                Recording other = leads.put(leadOf(part).lead(), part);
                if (other != null) {
                    throw twice(part, other);
                }
            }
            checkComplete(leads);
            checkAlike(leads);
            checkPoints(leads, maximumPoints);
            return joined(List.copyOf(leads.values()));
        } catch (Refusal refusal) {
            return refusal.outcome();
        }
    }

    private static ReadOutcome joined(List<Recording> parts) throws Refusal {
        Recording first = parts.get(0); // lead I, without which no ECG is complete
        Set<String> flags = new LinkedHashSet<>();
        parts.forEach(part -> flags.addAll(part.flags()));
        flags.add("JOINED_OBSERVATIONS:" + parts.size());
        return Recordings.assemble(
                new SourceReference(
                        first.source().base(),
                        first.source().resource(),
                        first.source().version(),
                        parts.stream().map(JoinedLeads::part).toList()),
                parts.stream().map(JoinedLeads::leadOf).toList(),
                new RecordingContext(
                        first.subject(),
                        encounter(parts),
                        distinct(parts, part -> part.basedOn().stream()),
                        first.effective()),
                List.copyOf(flags),
                "Observation.valueSampledData");
    }

    private static Refusal twice(Recording part, Recording other) {
        Stream<String> both = Stream.of(name(other), name(part)).sorted();
        return new Refusal(
                RefusalReason.AMBIGUOUS_GROUP,
                name(part),
                "lead " + leadOf(part).lead().display() + " is in " + both.collect(Collectors.joining(" and in "))
                        + ", of the same patient, device and time; expected each lead once");
    }

    private static void checkComplete(Map<Lead, Recording> leads) throws Refusal {
        List<Lead> missing = missing(leads.keySet());
        if (!missing.isEmpty()) {
            throw new Refusal(
                    RefusalReason.INCOMPLETE_GROUP,
                    "Observation",
                    leads.size() + " of 12 leads came; missing "
                            + missing.stream().map(Lead::display).collect(Collectors.joining(", "))
                            + "; expected all twelve, or I, II and V1 to V6, within the waiting time");
        }
    }

    private static void checkAlike(Map<Lead, Recording> leads) throws Refusal {
        List<RecordedLead> received =
                leads.values().stream().map(JoinedLeads::leadOf).toList();
        for (RecordedLead odd : received) {
            long like = received.stream().filter(one -> isLike(one, odd)).count();
            Optional<RecordedLead> other =
                    received.stream().filter(one -> !isLike(one, odd)).findFirst();
            if (other.isPresent() && 2 * like <= received.size()) {
                throw new Refusal(
                        RefusalReason.AMBIGUOUS_GROUP,
                        name(Objects.requireNonNull(leads.get(odd.lead()))),
                        Recordings.describe(odd) + ", " + Recordings.describe(other.get())
                                + "; expected one sampling frequency and one number of samples in all leads");
            }
        }
    }

    private static boolean isLike(RecordedLead one, RecordedLead other) {
        return one.waveform().frequency().equals(other.waveform().frequency())
                && one.waveform().samples() == other.waveform().samples();
    }

    private static void checkPoints(Map<Lead, Recording> leads, int maximumPoints) throws Refusal {
        long points = leads.values().stream()
                .mapToLong(part -> leadOf(part).waveform().samples())
                .sum();
        if (points > maximumPoints) {
            throw new Refusal(
                    RefusalReason.TOO_LONG,
                    "Observation.valueSampledData.data",
                    points + " points in all leads; expected at most " + maximumPoints);
        }
    }

    private static Optional<ResourceLink> encounter(List<Recording> parts) throws Refusal {
        List<ResourceLink> encounters = distinct(parts, part -> part.encounter().stream());
        if (encounters.size() > 1) {
            throw new Refusal(
                    RefusalReason.AMBIGUOUS_GROUP,
                    "Observation.encounter",
                    "the leads name " + encounters.size() + " encounters; expected one");
        }
        return encounters.stream().findFirst();
    }

    private static List<ResourceLink> distinct(List<Recording> parts, Function<Recording, Stream<ResourceLink>> links) {
        return parts.stream().flatMap(links).distinct().toList();
    }

    private static RecordedLead leadOf(Recording part) {
        if (!LeadGroup.isPart(part)) {
            throw new IllegalArgumentException("a part of an ECG is one Observation of one lead, was of "
                    + part.leads().size());
        }
        return part.leads().values().iterator().next();
    }

    private static String name(Recording part) {
        return part.source().resource().orElseThrow();
    }

    private static SourcePart part(Recording part) {
        return new SourcePart(name(part), part.source().version());
    }
}
