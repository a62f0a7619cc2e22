package dev.ecgfhir.fhir.recording;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes a recording of leads that were read, whatever they were read from: checks that they fit, completes eight to twelve, hashes. */
public final class Recordings {
    private static final double ROUNDING = 1e-9;

    private Recordings() {}

    /**
     * Assembles a recording.
     *
     * @param source where the leads came from
     * @param received at least one lead, each once, all of accepted sampling frequency
     * @param context subject, times
     * @param flags what the reader noted, as in {@link Recording#flags()}
     * @param element FHIR path or file part that holds the leads, for a refusal
     * @return the recording, or {@link RefusalReason#UNEQUAL_LENGTHS} if the durations of two leads differ by more than one sample of the
     *     slower one
     */
    public static ReadOutcome assemble(
            SourceReference source,
            Collection<RecordedLead> received,
            RecordingContext context,
            List<String> flags,
            String element) {
        Map<Lead, RecordedLead> leads = new EnumMap<>(Lead.class);
        for (RecordedLead lead : received) {
            if (leads.put(lead.lead(), lead) != null) {
                throw new IllegalArgumentException("lead " + lead.lead().display() + " twice");
            }
        }
        try {
            checkDurations(leads, element);
        } catch (Refusal refusal) {
            return refusal.outcome();
        }
        List<String> all = new ArrayList<>(flags);
        LimbLeads.complete(leads, all);
        return new ReadOutcome.Read(new Recording(
                source,
                leads,
                context.subject(),
                context.encounter(),
                context.basedOn(),
                context.effective(),
                all,
                ContentHash.of(leads)));
    }

    private static void checkDurations(Map<Lead, RecordedLead> leads, String element) throws Refusal {
        double usual = usualSeconds(leads);
        for (RecordedLead lead : leads.values()) {
            for (RecordedLead other : leads.values()) {
                double slower = Math.min(hertz(lead), hertz(other));
                double difference = Math.abs(seconds(lead) - seconds(other));
                if (difference > (1 + ROUNDING) / slower) {
                    RecordedLead odd =
                            Math.abs(seconds(lead) - usual) > Math.abs(seconds(other) - usual) ? lead : other;
                    RecordedLead even = odd.equals(lead) ? other : lead;
                    throw new Refusal(
                            RefusalReason.UNEQUAL_LENGTHS,
                            element,
                            describe(odd) + ", " + describe(even) + "; expected all leads equally long, to one sample");
                }
            }
        }
    }

    /** The median of the durations, which is the one of the majority where there is one. */
    private static double usualSeconds(Map<Lead, RecordedLead> leads) {
        double[] sorted = leads.values().stream()
                .mapToDouble(Recordings::seconds)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    static String describe(RecordedLead lead) {
        return "lead " + lead.lead().display() + " has " + lead.waveform().samples() + " samples at "
                + lead.waveform().frequency() + " (" + Numbers.text(seconds(lead)) + " s)";
    }

    private static double seconds(RecordedLead lead) {
        return lead.waveform().seconds();
    }

    private static double hertz(RecordedLead lead) {
        return lead.waveform().frequency().hertz();
    }
}
