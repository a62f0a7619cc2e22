package dev.ecgfhir.inference;

import dev.ecgfhir.inference.checkpoint.CheckpointReader;
import dev.ecgfhir.inference.checkpoint.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a checkpoint is worth: read whole, and run by engines that have to agree with plain float64 loops.
 *
 * @param model what it is
 * @param answers what became of each engine, in the order in which they were asked
 */
public record ModelVerification(ModelDescription model, List<Answer> answers) {
    /** Copies the list. */
    public ModelVerification {
        answers = List.copyOf(answers);
    }

    /**
     * Reads a checkpoint with all checks (container, shapes, finite weights) and has engines run a built-in input of 1001 samples.
     *
     * @param checkpoint {@code .pth} (zip or legacy form) or {@code .safetensors}
     * @param sha256 the hash that the file must have, lower-case hexadecimal, if there is one
     * @param configs the engines to ask, at least one
     * @return what became of each
     * @throws CheckpointException if the file has another hash or is no network of this kind
     */
    public static ModelVerification of(Path checkpoint, Optional<String> sha256, List<InferenceConfig> configs) {
        Network network = CheckpointReader.read(checkpoint);
        if (sha256.isPresent() && !sha256.get().equals(network.sha256())) {
            throw new CheckpointException(
                    CheckpointException.Reason.WRONG_HASH,
                    checkpoint + ": has SHA-256 " + network.sha256() + ", expected " + sha256.get());
        }
        ModelDescription description = EcgModels.describe(network);
        SelfCheck check = new SelfCheck(network);
        List<Answer> answers = new ArrayList<>();
        for (InferenceConfig config : configs) {
            answers.add(ask(network, description, config, check));
        }
        return new ModelVerification(description, answers);
    }

    private static Answer ask(Network network, ModelDescription description, InferenceConfig config, SelfCheck check) {
        try (EcgModel model = Engines.start(network, description, config)) {
            SelfCheck.Difference difference = check.difference(model);
            return new Answer(
                    config.engine(),
                    difference.isAllowed() ? Answer.Verdict.AGREES : Answer.Verdict.DIFFERS,
                    model.engine(),
                    difference.largest(),
                    difference.allowed());
        } catch (EngineException e) {
            boolean missing = e.reason() == EngineException.Reason.ENGINE_UNAVAILABLE
                    || e.reason() == EngineException.Reason.DEVICE_UNAVAILABLE
                    || e.reason() == EngineException.Reason.NATIVE_LIBRARY_IN_USE;
            return new Answer(
                    config.engine(),
                    missing ? Answer.Verdict.UNAVAILABLE : Answer.Verdict.DIFFERS,
                    String.valueOf(e.getMessage()),
                    Double.NaN,
                    Double.NaN);
        }
    }

    /** Returns true if at least one engine ran, and none gave another answer than the plain loops. */
    public boolean isSound() {
        return answers.stream().anyMatch(answer -> answer.verdict() == Answer.Verdict.AGREES)
                && answers.stream().noneMatch(answer -> answer.verdict() == Answer.Verdict.DIFFERS);
    }

    /**
     * What became of one engine.
     *
     * @param engine as it was asked for
     * @param verdict whether it agrees
     * @param detail which engine ran where; or why none did
     * @param largestDifference of a logit, natural log odds; NaN if there is no answer
     * @param allowed the largest difference that is no mistake; NaN if there is no answer
     */
    public record Answer(String engine, Verdict verdict, String detail, double largestDifference, double allowed) {
        /** Whether an engine agrees with plain float64 loops. */
        public enum Verdict {
            /** It does, within the tolerance. */
            AGREES,
            /** It gives another answer, or fails. */
            DIFFERS,
            /** It is not there. */
            UNAVAILABLE
        }
    }
}
