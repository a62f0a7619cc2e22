package dev.ecgfhir.api;

import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.report.ReportLanguage;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.inference.BusyException;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.Turn;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.pipeline.Outcome;
import dev.ecgfhir.pipeline.ReadingRequest;
import dev.ecgfhir.pipeline.ReportContents;
import dev.ecgfhir.terminology.LabelMap;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads, interprets and writes, the same way as the routes do. */
public final class PipelineReports implements EcgReports {
    /** Longest wait for the network; a client that waits longer has given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(PipelineReports.class);

    private final ObservationReader given;
    private final ObservationReader stored;
    private final Interpreter interpreter;
    private final LabelMap labels;
    private final ReportWriter writer;
    private final String softwareVersion;
    private final Clock clock;

    /**
     * Makes it.
     *
     * @param given reads an ECG that a caller sent
     * @param stored reads an ECG of this server
     * @param interpreter takes the recording through the network
     * @param labels the terminology in use
     * @param writer writes the report
     * @param softwareVersion this product's version
     * @param clock when a report is issued
     */
    public PipelineReports(
            ObservationReader given,
            ObservationReader stored,
            Interpreter interpreter,
            LabelMap labels,
            ReportWriter writer,
            String softwareVersion,
            Clock clock) {
        this.given = given;
        this.stored = stored;
        this.interpreter = interpreter;
        this.labels = labels;
        this.writer = writer;
        this.softwareVersion = softwareVersion;
        this.clock = clock;
    }

    @Override
    public Answer report(
            Observation ecg, SourceReference source, Optional<String> model, Optional<ReportLanguage> language) {
        ReadOutcome read = (source.resource().isPresent() ? stored : given).read(ecg, source);
        if (read instanceof ReadOutcome.Refused refused) {
            return new Refused(refused.reason().name(), Optional.of(refused.element()), refused.detail());
        }
        if (read instanceof ReadOutcome.Ignored ignored) {
            return new Refused(ignored.reason().name(), Optional.empty(), ignored.detail());
        }
        Outcome outcome;
        try {
            outcome = interpreter.interpret(
                    ((ReadOutcome.Read) read).recording(), new ReadingRequest(Turn.ofRequest(PATIENCE), model));
        } catch (BusyException e) {
            return new Busy(e.reason().name(), String.valueOf(e.getMessage()), e.retryAfter());
        } catch (EngineException e) {
            LOG.error("the network failed: {}", e.reason(), e);
            return new Unavailable(e.reason().name(), "the network failed at this ECG; the server's log says why");
        }
        if (outcome instanceof Outcome.Refused refused) {
            return new Refused(refused.reason(), Optional.empty(), refused.detail());
        }
        ReportWriter inLanguage = language.map(writer::in).orElse(writer);
        return new Reported(write(inLanguage, ((Outcome.Interpreted) outcome).interpretation()));
    }

    private Bundle write(ReportWriter inLanguage, Interpretation interpretation) {
        return inLanguage.transaction(
                ReportContents.of(interpretation, labels, softwareVersion, clock.instant()), Optional.empty());
    }
}
