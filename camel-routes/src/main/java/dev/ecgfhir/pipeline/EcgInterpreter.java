package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.Turn;
import dev.ecgfhir.inference.Urgency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.terminology.Combinations;
import dev.ecgfhir.terminology.Contradictions;
import dev.ecgfhir.terminology.LabelMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a recording through gate, preprocessing, network and decision.
 *
 * <p>The 12-lead model reads a recording that has all twelve leads; where such a model is not loaded, or leads lack, the 1-lead model
 * reads lead I, if that is there. A model never gets leads that it was not made for. Safe for concurrent callers; the models are the
 * caller's to close.
 */
public final class EcgInterpreter implements Interpreter {
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
        WindowQuality quality = new WindowQuality(leads, signal.lostWindows());
        WindowReading reading =
                new WindowReading(quality, windows -> model.loaded().model().score(windows, turn));
        preprocessing.prepare(signal.millivolts(), signal.hertz(), reading);
        if (quality.isSilent()) {
            return refused(
                    GateReason.FLAT_LEADS,
                    "after the filters less than " + GateLimits.SILENT_WINDOW_MILLIVOLTS
                            + " mV (standard deviation) are left of every lead; there is no ECG to read");
        }
        if (!reading.isFinite()) {
            return refused(
                    GateReason.NO_FINITE_SCORE,
                    "the network's answer is not a number; the recording cannot be read with model " + model.hash());
        }
        flags.addAll(quality.flags(signal.flags()));
        long scoredAt = System.nanoTime();
        WindowScores windows = reading.scores();
        Consistency consistency = Consistency.of(model.decision().findings(windows), contradictions);
        flags.addAll(consistency.flags());
        StepTimes times = new StepTimes(
                Duration.ofNanos(scoredAt - started - reading.networkNanos()),
                Duration.ofNanos(reading.networkNanos()),
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

    private static Outcome refused(GateReason reason, String detail) {
        return new Outcome.Refused(reason.name(), detail);
    }
}
