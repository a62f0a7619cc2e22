package dev.ecgfhir.fhir.report.planted;

import dev.ecgfhir.fhir.recording.planted.RecordingThatKnowsItsReport;

/** Half of a cycle, on purpose, so that a test sees the rule fail. */
public class ReportOfThatRecording {
    Class<?> recording = RecordingThatKnowsItsReport.class;
}
