package dev.ecgfhir.wiring;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.Settings;
import dev.ecgfhir.fhir.source.Access;
import dev.ecgfhir.fhir.source.AccessException;
import dev.ecgfhir.fhir.source.Credentials;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.routes.Servers;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients with the credentials, trust and proxy that the settings give each server. */
final class ConfiguredServers implements Servers {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredServers.class);
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Map<String, Access> access = new HashMap<>();
    private final Map<String, FhirClients.Limits> limits = new HashMap<>();
    private final Map<String, IGenericClient> clients = new HashMap<>();

    ConfiguredServers(Settings settings) {
        settings.sources().forEach(source -> {
            access.put(source.name(), source.access());
            limits.put(source.name(), source.limits());
        });
        settings.targets().forEach(target -> access.put(target.name(), target.access()));
    }

    /** The same one for a server that is read from and written to, so that its limits hold for both together. */
    @Override
    public synchronized IGenericClient client(String name, String url) {
        return clients.computeIfAbsent(name, first -> make(first, url));
    }

    private IGenericClient make(String name, String url) {
        Access way = access.getOrDefault(name, Access.open());
        URI address = URI.create(url);
        if (!(way.credentials() instanceof Credentials.None)
                && "http".equals(address.getScheme())
                && !OWN_MACHINE.contains(String.valueOf(address.getHost()))) {
            LOG.warn("server {} is not https; what it is told to know us by can be read on the way", name);
        }
        try {
            return FhirClients.client(url, limits.getOrDefault(name, FhirClients.Limits.defaults()), way);
        } catch (AccessException e) {
            throw new ConfigurationException(List.of("server " + name + ": " + e.getMessage()));
        }
    }
}
