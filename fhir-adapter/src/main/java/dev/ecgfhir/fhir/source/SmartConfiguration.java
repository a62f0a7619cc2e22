package dev.ecgfhir.fhir.source;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a FHIR server has its token endpoint: as configured, or as its {@code .well-known/smart-configuration} says (SMART App Launch
 * 2.2, "Conformance"). Remembered until a token was refused. Safe to share between threads.
 */
final class SmartConfiguration {
    private static final String PATH = "/.well-known/smart-configuration";

    /**
     * A token endpoint.
     *
     * @param address where tokens are asked for
     * @param secretInBody true if it takes a shared secret in the request's body only
     */
    record Endpoint(URI address, boolean secretInBody) {}

    private final URI base;
    private final Optional<Endpoint> configured;
    private final TokenHttp http;
    private volatile @Nullable Endpoint discovered;

    SmartConfiguration(URI base, Optional<URI> configured, TokenHttp http) {
        this.base = base;
        this.configured = configured.map(address -> new Endpoint(address, false));
        this.http = http;
    }

    Endpoint endpoint() throws AccessException {
        if (configured.isPresent()) {
            return configured.get();
        }
        Endpoint known = discovered;
        if (known == null) {
            known = discover();
            discovered = known;
        }
        return known;
    }

    /** Has it looked up again, since it may have moved. */
    void forget() {
        discovered = null;
    }

    private Endpoint discover() throws AccessException {
        URI address = URI.create(base + PATH);
        HTTPResponse response;
        try {
            HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, address);
            request.setAccept("application/json");
            response = request.send(http);
        } catch (IOException e) {
            throw new AccessException(
                    "no answer from " + address + " (" + e.getClass().getSimpleName() + ")", true, e);
        }
        int status = response.getStatusCode();
        if (status != 200) {
            throw new AccessException(
                    address + " answers HTTP status " + status
                            + "; a server without SMART discovery needs its token endpoint in the settings",
                    status >= 500 || status == 429,
                    null);
        }
        try {
            var document = JSONObjectUtils.parse(response.getBody());
            return read(address, JSONObjectUtils.getURI(document, "token_endpoint"), document);
        } catch (ParseException | IllegalArgumentException e) {
            throw new AccessException(address + ": names no token endpoint that can be read", false, e);
        }
    }

    private Endpoint read(URI address, URI endpoint, Map<String, Object> document) throws AccessException {
        if ("https".equals(base.getScheme()) && !"https".equals(endpoint.getScheme())) {
            throw new AccessException(
                    address + ": its token endpoint is not https; no credentials are sent there", false, null);
        }
        List<String> methods = document.get("token_endpoint_auth_methods_supported") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new Endpoint(
                endpoint, methods.contains("client_secret_post") && !methods.contains("client_secret_basic"));
    }
}
