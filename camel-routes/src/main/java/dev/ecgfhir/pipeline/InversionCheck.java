package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.RecordedLead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.Waveform;
import dev.ecgfhir.inference.ModelDescription;
import java.util.Map;
import java.util.Optional;

/**
 * What the 1-lead network says of lead I turned upside down, for a person to hold beside what it says of lead I.
 *
 * <p>A wearable device is easily put on the other way round. The network was trained with axis inversion, so its scores should be nearly
 * the same; a score that depends on the direction deserves a look at the electrodes. Nothing of the interpretation changes by
 * it. Safe for concurrent callers.
 *
 * <h2>References</h2>
 * Li et al., An Electrocardiogram Foundation Model Built on over 10 Million Recordings, arXiv:2410.04133: augmentation of the
 * single-lead model.
 */
public final class InversionCheck {
    private final Interpreter interpreter;

    /**
     * Makes a check.
     *
     * @param interpreter the one that made the interpretations
     */
    public InversionCheck(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    /**
     * Interprets the recording again with the sign of lead I changed.
     *
     * @param interpretation of the recording as it is
     * @return the scores, [labels], 0..1, mean over the windows; empty if a model of twelve leads read the recording, or the
     *     interpreter has another model by now
     */
    public Optional<double[]> scores(Interpretation interpretation) {
        ModelDescription model = interpretation.model();
        if (model.leads() != 1) {
            return Optional.empty();
        }
        Outcome outcome = interpreter.interpret(inverted(interpretation.recording()));
        return outcome instanceof Outcome.Interpreted again
                        && again.interpretation().model().sha256().equals(model.sha256())
                ? Optional.of(again.interpretation().scores())
                : Optional.empty();
    }

    /** The hash stays that of the recording as received; this one never leaves the check. */
    private static Recording inverted(Recording recording) {
        RecordedLead one = recording.leads().get(Lead.I);
        if (one == null) {
            throw new IllegalStateException("a 1-lead model read a recording without lead I");
        }
        double[] millivolts = one.waveform().millivolts();
        for (int i = 0; i < millivolts.length; i++) {
            millivolts[i] = -millivolts[i];
        }
        Waveform changed = Waveform.of(one.waveform().frequency(), millivolts);
        return new Recording(
                recording.source(),
                Map.of(Lead.I, new RecordedLead(Lead.I, changed, one.recognisedBy(), one.derived())),
                recording.subject(),
                recording.encounter(),
                recording.basedOn(),
                recording.effective(),
                recording.flags(),
                recording.contentHash());
    }
}
