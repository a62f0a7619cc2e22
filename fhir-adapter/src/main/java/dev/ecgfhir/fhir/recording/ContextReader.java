package dev.ecgfhir.fhir.recording;

import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Copies subject, encounter, orders and time of an Observation as values. */
final class ContextReader {
    private ContextReader() {}

    static RecordingContext read(Observation observation) {
        return new RecordingContext(
                link(observation.getSubject()),
                link(observation.getEncounter()),
                observation.getBasedOn().stream()
                        .flatMap(order -> link(order).stream())
                        .toList(),
                effective(observation));
    }

    private static Optional<String> effective(Observation observation) {
        if (observation.getEffective() instanceof BaseDateTimeType time) {
            return Optional.ofNullable(time.getValueAsString()).filter(text -> !text.isBlank());
        }
        if (observation.getEffective() instanceof Period period && (period.hasStart() || period.hasEnd())) {
            return Optional.of(text(period.getStartElement()) + "/" + text(period.getEndElement()));
        }
        return Optional.empty();
    }

    private static String text(BaseDateTimeType time) {
        String text = time.getValueAsString();
        return text == null ? "" : text;
    }

    /** A reference to a contained resource, or inside a Bundle, means nothing outside; the target's identifier stands in for it. */
    static Optional<ResourceLink> link(Reference reference) {
        boolean contained = reference.hasReference()
                ? reference.getReference().startsWith("#")
                        || reference.getReference().startsWith("urn:")
                : reference.getResource() != null;
        Optional<String> address =
                contained || !reference.hasReference() ? Optional.empty() : Optional.of(reference.getReference());
        Optional<Identifier> identifier = reference.hasIdentifier()
                ? Optional.of(reference.getIdentifier())
                : contained ? identifier(reference.getResource()) : Optional.empty();
        Optional<String> system = identifier.flatMap(id -> Optional.ofNullable(id.getSystem()));
        Optional<String> value = identifier.flatMap(id -> Optional.ofNullable(id.getValue()));
        return address.isEmpty() && value.isEmpty()
                ? Optional.empty()
                : Optional.of(new ResourceLink(address, system, value));
    }

    private static Optional<Identifier> identifier(@Nullable IBaseResource contained) {
        if (!(contained instanceof Resource resource)) {
            return Optional.empty();
        }
        Base[] identifiers = resource.getProperty("identifier".hashCode(), "identifier", false);
        return identifiers == null
                ? Optional.empty()
                : Stream.of(identifiers)
                        .filter(Identifier.class::isInstance)
                        .map(Identifier.class::cast)
                        .findFirst();
    }
}
