package dev.ecgfhir.fhir.recording;

/**
 * One lead of a recording.
 *
 * @param lead which one
 * @param waveform its signal
 * @param recognisedBy what told us which lead it is, for example {@code MDC 131329} or {@code display text}
 * @param derived true if the device did not send it and it was calculated from leads I and II
 */
public record RecordedLead(Lead lead, Waveform waveform, String recognisedBy, boolean derived) {}
