package dev.ecgfhir.cli;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.ServerAddress;
import dev.ecgfhir.config.SourceSettings;
import dev.ecgfhir.config.TargetSettings;
import dev.ecgfhir.config.VerifySettings;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.source.Access;
import dev.ecgfhir.fhir.source.AccessException;
import dev.ecgfhir.fhir.source.FhirClients;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The servers that the settings name, each with its credentials.
 *
 * <p>A server is known by its base address, character by character: what is meant for one server is sent to no other.
 */
final class KnownServers {
    private final Map<String, Known> known = new HashMap<>();

    KnownServers(VerifySettings settings) {
        for (TargetSettings target : settings.targets()) {
            add(target.server(), new Known(target.name(), target.access(), ReadOptions.defaults()));
        }
        for (SourceSettings source : settings.sources()) {
            add(source.server(), new Known(source.name(), source.access(), source.reading()));
        }
    }

    private record Known(String name, Access access, ReadOptions reading) {}

    private void add(ServerAddress address, Known server) {
        address.url().ifPresent(url -> known.put(url.toString(), server));
    }

    /** Returns what the ECGs of a server may leave to agreement. */
    ReadOptions reading(String base) {
        return known.containsKey(base) ? known.get(base).reading() : ReadOptions.defaults();
    }

    /**
     * Makes a client.
     *
     * @param base the server's base address
     * @return a client with the server's own credentials; without any if the settings do not name the server
     */
    IGenericClient client(String base) {
        Known server = known.get(base);
        if (server == null) {
            return FhirClients.client(base, FhirClients.Limits.defaults());
        }
        try {
            return FhirClients.client(base, FhirClients.Limits.defaults(), server.access());
        } catch (AccessException e) {
            throw new ConfigurationException(List.of("server " + server.name() + ": " + e.getMessage()));
        }
    }

    /**
     * Asks a server.
     *
     * @param base its base address
     * @param what what is asked for, for the message
     * @param exchange asks
     * @throws RefusedInput if it does not give it
     * @throws IOException if it does not answer
     */
    <T> T asked(String base, String what, Supplier<T> exchange) throws RefusedInput, IOException {
        try {
            return exchange.get();
        } catch (BaseServerResponseException e) {
            int status = e.getStatusCode();
            if (status == 401 || status == 403) {
                throw new RefusedInput(
                        what + " cannot be read: HTTP status " + status + "; "
                                + (known.containsKey(base)
                                        ? "the credentials of '"
                                                + known.get(base).name() + "' were sent"
                                        : "no source or target of the settings has the address " + base
                                                + ", so no credentials were sent; name the server's settings with"
                                                + " --ecgfhir.config=FILE"),
                        e);
            }
            if (status >= 400 && status < 500) {
                throw new RefusedInput(what + " cannot be read: HTTP status " + status, e);
            }
            throw new IOException(
                    what + " cannot be read: " + (status == 0 ? "no answer" : "HTTP status " + status), e);
        }
    }
}
