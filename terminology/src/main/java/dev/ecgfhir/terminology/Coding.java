package dev.ecgfhir.terminology;

/**
 * A concept in a code system.
 *
 * @param system the code system's address, for example {@code http://snomed.info/sct}
 * @param code the code
 * @param display the code system's own term
 */
public record Coding(String system, String code, String display) {}
