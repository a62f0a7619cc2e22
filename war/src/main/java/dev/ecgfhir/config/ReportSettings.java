package dev.ecgfhir.config;

/**
 * How reports are written.
 *
 * @param partial true: an unconfirmed report is {@code partial}; false: {@code preliminary}
 * @param globalPatientSetOnly true if only concepts of the SNOMED CT Global Patient Set may be used
 */
public record ReportSettings(boolean partial, boolean globalPatientSetOnly) {}
