package dev.ecgfhir.component;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.report.ReportContent;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.pipeline.Embedding;
import dev.ecgfhir.pipeline.Interpretation;
import dev.ecgfhir.pipeline.ReportContents;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.Message;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Writes what became of a recording into the message. Safe to share between threads. */
final class Results {
    /** Code system of the reasons in an OperationOutcome; the codes are those of the header. */
    static final String REASONS = "https://ecgfhir.dev/CodeSystem/reason";

    private final EcgFounderOperation operation;
    private final EcgFounderOutput output;
    private final EcgFounderRefusal onRefusal;
    private final Optional<String> target;
    private final ReportWriter writer = new ReportWriter(FhirContext.forR4Cached(), ReportOptions.defaults());
    private final LabelMap labels = Terminology.labelMap();
    private final String version = softwareVersion();

    Results(EcgFounderConfiguration options) {
        this.operation = options.getOperation();
        this.output = options.getOutput();
        if (operation == EcgFounderOperation.embed && output != EcgFounderOutput.interpretation) {
            throw new IllegalArgumentException(
                    "output=" + output + " belongs to ecgfounder:interpret; ecgfounder:embed leaves an Embedding");
        }
        this.onRefusal = options.getOnRefusal();
        this.target = Optional.ofNullable(options.getTarget());
    }

    void interpreted(Message message, Interpretation interpretation) {
        message.setHeader(
                EcgFounderConstants.OUTCOME,
                switch (operation) {
                    case interpret -> EcgFounderConstants.INTERPRETED;
                    case embed -> EcgFounderConstants.EMBEDDED;
                });
        message.setHeader(EcgFounderConstants.MODEL_HASH, interpretation.model().hash());
        message.setHeader(
                EcgFounderConstants.DEMONSTRATION, interpretation.model().demonstration());
        message.setBody(
                switch (operation) {
                    case interpret -> written(interpretation);
                    case embed -> Embedding.of(interpretation);
                });
    }

    private Object written(Interpretation interpretation) {
        return switch (output) {
            case interpretation -> interpretation;
            case bundle -> bundle(interpretation);
            case report -> report(bundle(interpretation));
        };
    }

    void refused(Message message, String reason, String element, String detail) throws RefusedRecordingException {
        state(message, EcgFounderConstants.REFUSED, reason, detail);
        if (onRefusal == EcgFounderRefusal.exception) {
            throw new RefusedRecordingException(reason, detail);
        }
        message.setBody(outcome(
                OperationOutcome.IssueSeverity.ERROR, OperationOutcome.IssueType.PROCESSING, reason, element, detail));
    }

    void ignored(Message message, ReadOutcome.Ignored ignored) {
        String reason = ignored.reason().name();
        state(message, EcgFounderConstants.IGNORED, reason, ignored.detail());
        message.setBody(outcome(
                OperationOutcome.IssueSeverity.INFORMATION,
                OperationOutcome.IssueType.INFORMATIONAL,
                reason,
                "",
                ignored.detail()));
    }

    private static void state(Message message, String outcome, String reason, String detail) {
        message.setHeader(EcgFounderConstants.OUTCOME, outcome);
        message.setHeader(EcgFounderConstants.REASON, reason);
        message.setHeader(EcgFounderConstants.DETAIL, detail);
    }

    private static OperationOutcome outcome(
            OperationOutcome.IssueSeverity severity,
            OperationOutcome.IssueType type,
            String reason,
            String element,
            String detail) {
        OperationOutcome outcome = new OperationOutcome();
        OperationOutcome.OperationOutcomeIssueComponent issue =
                outcome.addIssue().setSeverity(severity).setCode(type).setDiagnostics(detail);
        issue.getDetails().addCoding().setSystem(REASONS).setCode(reason);
        if (element.startsWith("Observation")) {
            issue.addExpression(element);
        }
        return outcome;
    }

    private Bundle bundle(Interpretation interpretation) {
        ReportContent content = ReportContents.of(interpretation, labels, version, Instant.now());
        return writer.transaction(content, target);
    }

    private static DiagnosticReport report(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(DiagnosticReport.class::isInstance)
                .map(DiagnosticReport.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the report's Bundle holds no DiagnosticReport"));
    }

    private static String softwareVersion() {
        try (InputStream resource = Results.class.getResourceAsStream("version.properties")) {
            if (resource == null) {
                throw new IllegalStateException("version.properties is missing beside " + Results.class.getName());
            }
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
