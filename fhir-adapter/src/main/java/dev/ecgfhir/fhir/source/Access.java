package dev.ecgfhir.fhir.source;

import java.util.Optional;

/**
 * How a FHIR server is reached and how it is told who we are.
 *
 * @param credentials who we are
 * @param transport trust, client certificate and proxy; holds for the server and for its authorisation server
 */
public record Access(Credentials credentials, Transport transport) {
    /** Returns what is wrong with the files that this access needs; empty if nothing is. Reads them, asks no server. */
    public Optional<String> problem() {
        try {
            TlsFiles.context(transport);
            if (credentials instanceof Credentials.BackendServices backend) {
                SigningKeys.read(backend.keyFile());
            }
            return Optional.empty();
        } catch (AccessException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** Returns access without credentials, with the JVM's own trust and without a proxy of its own. */
    public static Access open() {
        return new Access(new Credentials.None(), Transport.direct());
    }
}
