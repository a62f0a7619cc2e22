package dev.ecgfhir.fhir.recording.planted;

import dev.ecgfhir.fhir.report.planted.ReportOfThatRecording;

/** Half of a cycle, on purpose, so that a test sees the rule fail. */
public class RecordingThatKnowsItsReport {
    ReportOfThatRecording report = new ReportOfThatRecording();
}
