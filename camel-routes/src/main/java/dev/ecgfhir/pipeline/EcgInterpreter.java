package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.signal.PreparedSignal;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.Contradictions;
import dev.ecgfhir.terminology.LabelMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes a recording through gate, preprocessing, network and decision.
 *
 * <p>The 12-lead model reads a recording that has all twelve leads; where such a model is not loaded, or leads lack, the 1-lead model
 * reads lead I, if that is there. A model never gets leads that it was not made for. Safe for concurrent callers; the models are the
 * caller's to close.
 */
public final class EcgInterpreter implements Interpreter {
    /** Most windows in one forward pass: enough to use a CPU's or GPU's width, few enough to bound memory for hour-long recordings. */
    private static final int WINDOWS_PER_PASS = 8;

    private final Map<LeadSet, Reader> readers = new EnumMap<>(LeadSet.class);
    private final Preprocessing preprocessing;
    private final Gate gate;
    private final Contradictions contradictions;

    /**
     * Makes an interpreter with the bundled rules of contradiction.
     *
     * @param models at least one; at most one for each set of leads
     * @param preprocessing what is done to recordings
     * @param labels meaning of the models' labels
     * @throws IllegalArgumentException as for the other constructor
     */
    public EcgInterpreter(List<LoadedModel> models, Preprocessing preprocessing, LabelMap labels) {
        this(models, preprocessing, labels, Contradictions.bundled());
    }

    /**
     * Makes an interpreter.
     *
     * @param models at least one; at most one for each set of leads
     * @param preprocessing what is done to recordings
     * @param labels meaning of the models' labels
     * @param contradictions which labels contradict each other
     * @throws IllegalArgumentException if two models take the same leads, a model takes other leads than twelve or one, or a reported
     *     label has no meaning
     */
    public EcgInterpreter(
            List<LoadedModel> models, Preprocessing preprocessing, LabelMap labels, Contradictions contradictions) {
        this.preprocessing = preprocessing;
        this.contradictions = contradictions;
        this.gate = new Gate(preprocessing.mains());
        if (models.isEmpty()) {
            throw new IllegalArgumentException("no model was given; at least one is needed");
        }
        for (LoadedModel model : models) {
            LeadSet leads = leadsOf(model);
            if (readers.put(leads, new Reader(model, new Decision(model.thresholds(), labels))) != null) {
                throw new IllegalArgumentException(
                        "two " + leads.display() + " models were given; at most one is used");
            }
        }
    }

    @Override
    public Outcome interpret(Recording recording) {
        Set<Lead> present = recording.leads().keySet();
        for (Map.Entry<LeadSet, Reader> reader : readers.entrySet()) {
            if (reader.getKey().isIn(present)) {
                return interpret(recording, reader.getKey(), reader.getValue());
            }
        }
        return refused(
                GateReason.NO_MODEL,
                "the recording has " + (present.size() == 1 ? "lead " : "leads ")
                        + present.stream().map(Lead::display).collect(Collectors.joining(", ")) + "; loaded: "
                        + readers.keySet().stream().map(LeadSet::display).collect(Collectors.joining(" and "))
                        + (readers.size() == 1 ? " model" : " models")
                        + "; a 12-lead model needs all twelve leads, a 1-lead model lead I");
    }

    @Override
    public List<String> modelHashes() {
        return readers.values().stream()
                .map(reader -> reader.model.model().description().hash())
                .toList();
    }

    private Outcome interpret(Recording recording, LeadSet leads, Reader reader) {
        long started = System.nanoTime();
        GateOutcome gated = gate.check(recording, leads);
        if (gated instanceof GateOutcome.Refused refused) {
            return refused(refused.reason(), refused.detail());
        }
        GatedSignal signal = ((GateOutcome.Passed) gated).signal();
        List<String> flags = new ArrayList<>(recording.flags());
        flags.addAll(signal.flags());
        if (leads == LeadSet.SINGLE_LEAD && recording.leads().size() > 1) {
            flags.add("LEAD_I_ONLY:" + recording.leads().size() + " leads recorded");
        }
        PreparedSignal prepared = preprocessing.prepare(signal.millivolts(), signal.hertz());
        boolean[] counted = counted(prepared, flags);
        if (none(counted)) {
            return refused(
                    GateReason.FLAT_LEADS,
                    "after the filters less than " + GateLimits.SILENT_WINDOW_MILLIVOLTS
                            + " mV (standard deviation) are left of every lead; there is no ECG to read");
        }
        long preparedAt = System.nanoTime();
        List<Scores> scores = score(reader.model.model(), prepared.windows());
        if (!finite(scores)) {
            return refused(
                    GateReason.NO_FINITE_SCORE,
                    "the network's answer is not a number; the recording cannot be read with model "
                            + reader.model.model().description().hash());
        }
        long scoredAt = System.nanoTime();
        WindowScores windows = new WindowScores(scores, prepared.startSeconds(), counted);
        Consistency consistency = Consistency.of(reader.decision.findings(windows), contradictions);
        flags.addAll(consistency.flags());
        StepTimes times = new StepTimes(
                Duration.ofNanos(preparedAt - started),
                Duration.ofNanos(scoredAt - preparedAt),
                Duration.ofNanos(System.nanoTime() - scoredAt));
        return new Outcome.Interpreted(new Interpretation(
                recording,
                reader.model.model().description(),
                reader.model.thresholds(),
                reader.model.model().engine(),
                preprocessing.description(),
                contradictions.version(),
                windows.all(),
                windows.starts(),
                windows.mean(),
                consistency.findings(),
                flags,
                times));
    }

    /** Finds the windows that hold an ECG; the z-score would blow up the noise of the others to the size of one. */
    private static boolean[] counted(PreparedSignal prepared, List<String> flags) {
        double[] deviations = prepared.deviations();
        boolean[] counted = new boolean[deviations.length];
        for (int w = 0; w < counted.length; w++) {
            counted[w] = deviations[w] >= GateLimits.SILENT_WINDOW_MILLIVOLTS;
            if (!counted[w]) {
                flags.add(String.format(Locale.ROOT, "SILENT_WINDOW:%.0f s", prepared.startSeconds()[w]));
            }
        }
        return counted;
    }

    private static List<Scores> score(EcgModel model, List<ModelInput> windows) {
        List<Scores> scores = new ArrayList<>(windows.size());
        for (int from = 0; from < windows.size(); from += WINDOWS_PER_PASS) {
            scores.addAll(model.score(windows.subList(from, Math.min(from + WINDOWS_PER_PASS, windows.size()))));
        }
        return scores;
    }

    private static boolean finite(List<Scores> scores) {
        for (Scores window : scores) {
            for (float logit : window.logits()) {
                if (!Float.isFinite(logit)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean none(boolean[] counted) {
        for (boolean one : counted) {
            if (one) {
                return false;
            }
        }
        return true;
    }

    private static LeadSet leadsOf(LoadedModel model) {
        int leads = model.model().description().leads();
        for (LeadSet set : LeadSet.values()) {
            if (set.leads().size() == leads) {
                return set;
            }
        }
        throw new IllegalArgumentException("a model takes 12 leads or 1, the given one takes " + leads);
    }

    private static Outcome refused(GateReason reason, String detail) {
        return new Outcome.Refused(reason.name(), detail);
    }

    /**
     * A model with its decision.
     *
     * @param model the network and its thresholds
     * @param decision what turns its scores into findings
     */
    private record Reader(LoadedModel model, Decision decision) {}
}
