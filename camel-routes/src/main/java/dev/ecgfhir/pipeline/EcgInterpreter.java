package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelInput;
import dev.ecgfhir.inference.Scores;
import dev.ecgfhir.inference.Turn;
import dev.ecgfhir.inference.Urgency;
import dev.ecgfhir.inference.signal.PreparedSignal;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.Combinations;
import dev.ecgfhir.terminology.Contradictions;
import dev.ecgfhir.terminology.LabelMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    private final ModelRoster models;
    private final Preprocessing preprocessing;
    private final Gate gate;
    private final Contradictions contradictions;
    private final Combinations combinations;

    /**
     * Makes an interpreter with the bundled rules of contradiction and combination.
     *
     * @param models at least one; at most one for each set of leads
     * @param preprocessing what is done to recordings
     * @param labels meaning of the models' labels
     * @throws IllegalArgumentException as for the other constructor
     */
    public EcgInterpreter(List<LoadedModel> models, Preprocessing preprocessing, LabelMap labels) {
        this(models, preprocessing, labels, Contradictions.bundled(), Combinations.bundled(labels.scope()));
    }

    /**
     * Makes an interpreter.
     *
     * @param models at least one; at most one for each set of leads
     * @param preprocessing what is done to recordings
     * @param labels meaning of the models' labels
     * @param contradictions which labels contradict each other
     * @param combinations which labels together have a concept of their own
     * @throws IllegalArgumentException if two models take the same leads, a model takes other leads than twelve or one, or a reported
     *     label has no meaning
     */
    public EcgInterpreter(
            List<LoadedModel> models,
            Preprocessing preprocessing,
            LabelMap labels,
            Contradictions contradictions,
            Combinations combinations) {
        this(ModelRoster.of(models, labels), preprocessing, contradictions, combinations);
    }

    /**
     * Makes an interpreter whose models can be exchanged, with the bundled rules of combination.
     *
     * @param models the models at work
     * @param preprocessing what is done to recordings
     * @param contradictions which labels contradict each other
     */
    public EcgInterpreter(ModelRoster models, Preprocessing preprocessing, Contradictions contradictions) {
        this(models, preprocessing, contradictions, Combinations.bundled(models.scope()));
    }

    private EcgInterpreter(
            ModelRoster models, Preprocessing preprocessing, Contradictions contradictions, Combinations combinations) {
        this.models = models;
        this.preprocessing = preprocessing;
        this.contradictions = contradictions;
        this.combinations = combinations;
        this.gate = new Gate(preprocessing.mains());
    }

    @Override
    public Outcome interpret(Recording recording) {
        return interpret(recording, ReadingRequest.of(Urgency.LIVE));
    }

    @Override
    public List<String> modelHashes() {
        return models.entries().stream()
                .map(entry -> entry.model().model().description().hash())
                .toList();
    }

    @Override
    public Outcome interpret(Recording recording, ReadingRequest request) {
        ModelRoster.Choice choice = models.enter(recording.leads().keySet(), request.model());
        if (choice.refusal().isPresent()) {
            return choice.refusal().get();
        }
        ReadingModel model = choice.model().orElseThrow();
        try {
            return interpret(recording, model, request.turn());
        } finally {
            model.leave();
        }
    }

    private Outcome interpret(Recording recording, ReadingModel model, Turn turn) {
        LeadSet leads = model.leads();
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
        List<Scores> scores = score(model.loaded().model(), prepared.windows(), turn);
        if (!finite(scores)) {
            return refused(
                    GateReason.NO_FINITE_SCORE,
                    "the network's answer is not a number; the recording cannot be read with model " + model.hash());
        }
        long scoredAt = System.nanoTime();
        WindowScores windows = new WindowScores(scores, prepared.startSeconds(), counted);
        Consistency consistency = Consistency.of(model.decision().findings(windows), contradictions);
        flags.addAll(consistency.flags());
        StepTimes times = new StepTimes(
                Duration.ofNanos(preparedAt - started),
                Duration.ofNanos(scoredAt - preparedAt),
                Duration.ofNanos(System.nanoTime() - scoredAt));
        return new Outcome.Interpreted(new Interpretation(
                recording,
                model.loaded().model().description(),
                model.loaded().thresholds(),
                model.loaded().model().engine(),
                preprocessing.description(),
                "contradictions " + contradictions.version() + ", combinations " + combinations.version(),
                windows.all(),
                windows.starts(),
                windows.mean(),
                Combining.of(consistency.findings(), combinations),
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

    private static List<Scores> score(EcgModel model, List<ModelInput> windows, Turn turn) {
        List<Scores> scores = new ArrayList<>(windows.size());
        for (int from = 0; from < windows.size(); from += WINDOWS_PER_PASS) {
            scores.addAll(model.score(windows.subList(from, Math.min(from + WINDOWS_PER_PASS, windows.size())), turn));
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

    private static Outcome refused(GateReason reason, String detail) {
        return new Outcome.Refused(reason.name(), detail);
    }
}
