package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.RecordedLead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.signal.FilterChain;
import dev.ecgfhir.inference.signal.LeadQuality;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.inference.signal.SignalQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides whether a recording is good enough for a model, fills its short gaps, and flags what a reader should know.
 *
 * <p>Looks only at the leads that the model takes. Immutable and safe to share between threads. Limits and their reasons: {@link
 * GateLimits}.
 */
public final class Gate {
    private final MainsFrequency mains;

    /**
     * Makes a gate.
     *
     * @param mains what the notch removes; it bounds the sampling frequency from below
     */
    public Gate(MainsFrequency mains) {
        this.mains = mains;
    }

    /**
     * Returns the leads by which a recording would be read if every model were loaded: all twelve, else lead I.
     *
     * @param recording the recording
     * @return the set; empty where neither is there
     */
    public static Optional<LeadSet> leadsOf(Recording recording) {
        for (LeadSet leads : LeadSet.values()) {
            if (leads.isIn(recording.leads().keySet())) {
                return Optional.of(leads);
            }
        }
        return Optional.empty();
    }

    /**
     * Checks a recording.
     *
     * @param recording the recording
     * @param leads what the model takes; all of them are in the recording
     * @return the signal, or why not
     */
    public GateOutcome check(Recording recording, LeadSet leads) {
        List<GatedLead> gated = new ArrayList<>();
        for (Lead lead : leads.leads()) {
            RecordedLead recorded = recording.leads().get(lead);
            if (recorded == null) {
                throw new IllegalArgumentException("the recording has no lead " + lead.display());
            }
            double hertz = recorded.waveform().frequency().hertz();
            double[] millivolts = recorded.waveform().millivolts();
            gated.add(new GatedLead(lead, millivolts, hertz, SignalQuality.measure(millivolts, hertz)));
        }
        GappyWindows gappy = GappyWindows.of(gated);
        return samplingFrequency(gated)
                .or(() -> length(gated))
                .or(() -> gaps(gated, gappy))
                .or(() -> amplitude(gated))
                .or(() -> flatness(gated, leads))
                .<GateOutcome>map(refused -> refused)
                .orElseGet(() -> new GateOutcome.Passed(passed(gated, leads, gappy)));
    }

    private Optional<GateOutcome.Refused> samplingFrequency(List<GatedLead> gated) {
        return gated.stream()
                .filter(lead -> !FilterChain.accepts(lead.hertz, mains))
                .findFirst()
                .map(lead -> refused(
                        GateReason.BAD_SAMPLING_FREQUENCY,
                        "lead %s has %s Hz; with %d Hz mains a sampling frequency above %s and up to %s Hz is read",
                        lead.name(),
                        lead.hertz,
                        mains.hertz(),
                        FilterChain.minimumHertz(mains),
                        FilterChain.MAXIMUM_HERTZ));
    }

    private static Optional<GateOutcome.Refused> length(List<GatedLead> gated) {
        GatedLead shortest = gated.get(0);
        GatedLead longest = gated.get(0);
        double step = 0;
        for (GatedLead lead : gated) {
            shortest = lead.seconds() < shortest.seconds() ? lead : shortest;
            longest = lead.seconds() > longest.seconds() ? lead : longest;
            step = Math.max(step, 1 / lead.hertz);
        }
        // leads of differing sampling frequency may differ by the step of the slowest one
        if (longest.seconds() - shortest.seconds() > step + 1e-9) {
            return Optional.of(refused(
                    GateReason.UNEQUAL_LENGTHS,
                    "lead %s has %.3f s, lead %s has %.3f s; all leads must be of one duration",
                    shortest.name(),
                    shortest.seconds(),
                    longest.name(),
                    longest.seconds()));
        }
        long samples = Preprocessing.modelSamples(shortest.millivolts.length, shortest.hertz);
        if (samples < GateLimits.SHORTEST_SECONDS * Preprocessing.MODEL_HERTZ) {
            return Optional.of(refused(
                    GateReason.TOO_SHORT,
                    "lead %s has %.3f s; at least %s s are needed",
                    shortest.name(),
                    shortest.seconds(),
                    GateLimits.SHORTEST_SECONDS));
        }
        return Optional.empty();
    }

    private static Optional<GateOutcome.Refused> gaps(List<GatedLead> gated, GappyWindows gappy) {
        List<GatedLead> bad = gated.stream()
                .filter(lead -> lead.quality.longestGapSeconds() > GateLimits.LONGEST_GAP_SECONDS + 1e-9
                        || lead.quality.gapShare() > GateLimits.LARGEST_GAP_SHARE)
                .toList();
        boolean isLong = gappy.all() >= GateLimits.FEWEST_WINDOWS_WITHOUT_GAPPY;
        int lost = gappy.starts().size();
        if (bad.isEmpty() || (isLong && lost <= GateLimits.LARGEST_GAPPY_SHARE * gappy.all())) {
            return Optional.empty();
        }
        String found = bad.stream()
                .map(lead -> format(
                        "lead %s has %d %s of %.3f s together, the longest %.3f s, of %.3f s recorded",
                        lead.name(),
                        lead.quality.gaps(),
                        lead.quality.gaps() == 1 ? "gap" : "gaps",
                        lead.quality.gapShare() * lead.seconds(),
                        lead.quality.longestGapSeconds(),
                        lead.seconds()))
                .collect(Collectors.joining("; "));
        return Optional.of(refused(
                GateReason.TOO_MANY_GAPS,
                "%s; gaps of up to %s s each and %.0f %% of a lead are filled%s",
                found,
                GateLimits.LONGEST_GAP_SECONDS,
                100 * GateLimits.LARGEST_GAP_SHARE,
                isLong ? format("; others cost %d of %d windows, at most half may be lost", lost, gappy.all()) : ""));
    }

    private static Optional<GateOutcome.Refused> amplitude(List<GatedLead> gated) {
        return gated.stream()
                .filter(lead -> !(lead.quality.peakToPeakMillivolts() <= GateLimits.LARGEST_PEAK_TO_PEAK_MILLIVOLTS))
                .findFirst()
                .map(lead -> refused(
                        GateReason.IMPLAUSIBLE_AMPLITUDE,
                        "lead %s spans %.4g mV from its lowest to its highest sample; at most %s mV can come from a body: unit or"
                                + " factor must be wrong",
                        lead.name(),
                        lead.quality.peakToPeakMillivolts(),
                        GateLimits.LARGEST_PEAK_TO_PEAK_MILLIVOLTS));
    }

    private static Optional<GateOutcome.Refused> flatness(List<GatedLead> gated, LeadSet leads) {
        List<GatedLead> flat = gated.stream().filter(GatedLead::isFlat).toList();
        int needed = Math.min(GateLimits.FEWEST_USABLE_LEADS, gated.size());
        if (gated.size() - flat.size() >= needed) {
            return Optional.empty();
        }
        return Optional.of(refused(
                GateReason.FLAT_LEADS,
                "%d of %d leads carry no signal (%s); the %s model needs at least %d with one",
                flat.size(),
                gated.size(),
                flat.stream().map(GatedLead::name).collect(Collectors.joining(", ")),
                leads.display(),
                needed));
    }

    private static GatedSignal passed(List<GatedLead> gated, LeadSet leads, GappyWindows gappy) {
        boolean isLong = gappy.all() >= GateLimits.FEWEST_WINDOWS_WITHOUT_GAPPY;
        List<Double> lost = isLong ? gappy.starts() : List.of();
        List<String> filled = gated.stream()
                .filter(lead -> isLong ? gappy.isFilled(lead) : lead.quality.gaps() > 0)
                .map(GatedLead::name)
                .toList();
        double[][] millivolts = new double[gated.size()][];
        double[] hertz = new double[gated.size()];
        for (int i = 0; i < millivolts.length; i++) {
            millivolts[i] = gated.get(i).millivolts;
            hertz[i] = gated.get(i).hertz;
            if (gated.get(i).quality.gaps() > 0) {
                GapFilling.fill(millivolts[i]);
            }
        }
        return new GatedSignal(leads, millivolts, hertz, lost, GateFlags.of(gated, leads, filled, lost));
    }

    private static GateOutcome.Refused refused(GateReason reason, String format, Object... values) {
        return new GateOutcome.Refused(reason, format(format, values));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * A lead under examination.
     *
     * @param millivolts [samples], this gate's own copy
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this package
    record GatedLead(Lead lead, double[] millivolts, double hertz, LeadQuality quality) {
        String name() {
            return lead.display();
        }

        double seconds() {
            return millivolts.length / hertz;
        }

        boolean isFlat() {
            return quality.flatShare() >= GateLimits.FLAT_SHARE
                    || quality.peakToPeakMillivolts() < GateLimits.FLAT_PEAK_TO_PEAK_MILLIVOLTS;
        }
    }
}
