package dev.ecgfhir.fhir.recording;

import java.util.Optional;

/**
 * A FHIR reference as a value: by address, by identifier, or both, as received.
 *
 * @param reference for example {@code Patient/7}
 * @param identifierSystem system of a logical reference
 * @param identifierValue value of a logical reference
 */
public record ResourceLink(
        Optional<String> reference, Optional<String> identifierSystem, Optional<String> identifierValue) {}
