package dev.ecgfhir.component;

/** What an endpoint leaves in the body of an interpreted recording; the names are those of the URI option {@code output}. */
public enum EcgFounderOutput {
    /** A {@code dev.ecgfhir.pipeline.Interpretation}. */
    interpretation,
    /** The FHIR transaction Bundle that writes the report and all that belongs to it. */
    bundle,
    /** The FHIR DiagnosticReport alone, whose references lead into that Bundle. */
    report
}
