package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.source.FhirClients.withoutSlash;

import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.ResourceLink;
import dev.ecgfhir.fhir.recording.SourcePart;
import dev.ecgfhir.fhir.recording.SourceReference;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * Turns the source's references into references that mean the same on the target.
 *
 * <p>{@code Patient/7} of one server can be somebody else on another: there it becomes a logical reference by its absolute address, and
 * never a literal one. Names ({@code display}) are not copied.
 */
final class SourceLinks {
    private static final String URI_SYSTEM = "urn:ietf:rfc:3986";

    private final Recording recording;
    private final Optional<String> target;
    private final boolean sameIds;
    private final String base;
    private final boolean sourceIsServer;

    SourceLinks(Recording recording, Optional<String> targetBase, boolean sameIds) {
        this.recording = recording;
        this.base = withoutSlash(recording.source().base());
        this.target = targetBase.map(address -> withoutSlash(address));
        this.sourceIsServer = base.startsWith("http://") || base.startsWith("https://");
        this.sameIds = sameIds;
    }

    /** Returns the server whose resources the report will stand among: the target, else the source; empty if both are files. */
    Optional<String> home() {
        return target.or(() -> sourceIsServer ? Optional.of(base) : Optional.empty());
    }

    /** Returns references to what was read in the version that was read: one, or one for each lead. */
    List<Reference> recordings() {
        SourceReference source = recording.source();
        if (!source.parts().isEmpty()) {
            return source.parts().stream().map(part -> link(part.address())).toList();
        }
        return List.of(
                source.resource().isEmpty()
                        ? new Reference().setType("Observation").setIdentifier(contentIdentifier())
                        : link(new SourcePart(source.resource().get(), source.version()).address()));
    }

    private Reference link(String address) {
        Reference link = new Reference().setType("Observation");
        if (target.isEmpty() || target.get().equals(base)) {
            link.setReference(address);
        }
        // Servers may strip the version off a literal reference; the identifier keeps it.
        return link.setIdentifier(sourceIsServer ? absolute(address) : contentIdentifier());
    }

    /** Returns the identifier of the recording's content. */
    Identifier contentIdentifier() {
        return new Identifier().setSystem(ReportIdentity.CONTENT_SYSTEM).setValue("sha256:" + recording.contentHash());
    }

    /** Returns a reference of the source's as it must stand on the target; empty if nothing in it means anything there. */
    Optional<Reference> link(ResourceLink received) {
        Reference link = new Reference();
        received.identifierValue().ifPresent(value -> {
            Identifier identifier = new Identifier().setValue(value);
            received.identifierSystem().ifPresent(identifier::setSystem);
            link.setIdentifier(identifier);
        });
        received.reference().ifPresent(address -> literal(address, link));
        return link.hasReference() || link.hasIdentifier() ? Optional.of(link) : Optional.empty();
    }

    private void literal(String address, Reference link) {
        if (address.isEmpty() || address.startsWith("#") || address.startsWith("urn:")) {
            return; // leads into a resource or Bundle that the target does not have
        }
        boolean isAbsolute = address.contains("://");
        Optional<String> onTarget = target.filter(there -> address.startsWith(there + "/"))
                .map(there -> address.substring(there.length() + 1));
        if (onTarget.isPresent()) {
            link.setReference(onTarget.get());
        } else if (target.isEmpty() || (!isAbsolute && (sameIds || target.get().equals(base)))) {
            link.setReference(address);
        } else if (!link.hasIdentifier() && (isAbsolute || sourceIsServer)) {
            link.setIdentifier(isAbsolute ? uri(address) : absolute(address));
        }
    }

    private Identifier absolute(String relative) {
        return uri(base + "/" + relative);
    }

    private static Identifier uri(String address) {
        return new Identifier().setSystem(URI_SYSTEM).setValue(address);
    }
}
