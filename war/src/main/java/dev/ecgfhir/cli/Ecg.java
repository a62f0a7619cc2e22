package dev.ecgfhir.cli;

import dev.ecgfhir.fhir.file.FileEntry;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.pipeline.Gate;
import dev.ecgfhir.pipeline.GateOutcome;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.pipeline.LeadSet;
import dev.ecgfhir.pipeline.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is printed of one ECG.
 *
 * @param input the file as it was given
 * @param resource type and id
 * @param result what became of it
 * @param reason stable code; empty if it is ok
 * @param detail what was found and expected; empty if it is ok
 * @param recording its signal, if it could be read
 * @param model the model that takes its leads, if there is one
 * @param flags what a reader should know
 * @param interpretation what a network made of it, if one was asked
 */
record Ecg(
        String input,
        Optional<String> resource,
        Result result,
        Optional<String> reason,
        Optional<String> detail,
        Optional<Recording> recording,
        Optional<LeadSet> model,
        List<String> flags,
        Optional<Interpretation> interpretation) {
    /** The word in the field {@code outcome}. */
    enum Result {
        OK,
        REFUSED,
        IGNORED
    }

    Ecg {
        flags = List.copyOf(flags);
    }

    /** Says how an entry is understood, without a network. */
    static Ecg inspected(FileEntry entry, Gate gate) {
        if (!(entry.outcome() instanceof ReadOutcome.Read read)) {
            return unread(entry);
        }
        Recording recording = read.recording();
        Optional<LeadSet> leads = Gate.leadsOf(recording);
        Optional<GateOutcome> gated = leads.map(set -> gate.check(recording, set));
        if (gated.isPresent() && gated.get() instanceof GateOutcome.Refused refused) {
            return refused(entry, recording, refused.reason().name(), refused.detail());
        }
        List<String> flags = new ArrayList<>(recording.flags());
        if (gated.isPresent() && gated.get() instanceof GateOutcome.Passed passed) {
            flags.addAll(passed.signal().flags());
        }
        return new Ecg(
                entry.input(),
                entry.resource(),
                Result.OK,
                Optional.empty(),
                Optional.empty(),
                Optional.of(recording),
                leads,
                flags,
                Optional.empty());
    }

    /** Has an entry interpreted. */
    static Ecg interpreted(FileEntry entry, Interpreter interpreter) {
        if (!(entry.outcome() instanceof ReadOutcome.Read read)) {
            return unread(entry);
        }
        Outcome outcome = interpreter.interpret(read.recording());
        if (outcome instanceof Outcome.Refused refused) {
            return refused(entry, read.recording(), refused.reason(), refused.detail());
        }
        Interpretation interpretation = ((Outcome.Interpreted) outcome).interpretation();
        return new Ecg(
                entry.input(),
                entry.resource(),
                Result.OK,
                Optional.empty(),
                Optional.empty(),
                Optional.of(read.recording()),
                Arrays.stream(LeadSet.values())
                        .filter(set ->
                                set.leads().size() == interpretation.model().leads())
                        .findFirst(),
                interpretation.flags(),
                Optional.of(interpretation));
    }

    private static Ecg refused(FileEntry entry, Recording recording, String reason, String detail) {
        return new Ecg(
                entry.input(),
                entry.resource(),
                Result.REFUSED,
                Optional.of(reason),
                Optional.of(detail),
                Optional.of(recording),
                Gate.leadsOf(recording),
                recording.flags(),
                Optional.empty());
    }

    private static Ecg unread(FileEntry entry) {
        if (entry.outcome() instanceof ReadOutcome.Refused refused) {
            return unread(entry, Result.REFUSED, refused.reason().name(), refused.element() + ": " + refused.detail());
        }
        ReadOutcome.Ignored ignored = (ReadOutcome.Ignored) entry.outcome();
        return unread(entry, Result.IGNORED, ignored.reason().name(), ignored.detail());
    }

    private static Ecg unread(FileEntry entry, Result result, String reason, String detail) {
        return new Ecg(
                entry.input(),
                entry.resource(),
                result,
                Optional.of(reason),
                Optional.of(detail),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
