package dev.ecgfhir.config;

import dev.ecgfhir.fhir.source.Access;
import dev.ecgfhir.fhir.source.Credentials;
import dev.ecgfhir.fhir.source.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how one server is reached and told who we are. */
final class AccessReader {
    private static final Set<String> KINDS = Set.of("none", "basic", "client-secret", "smart");

    private final Values values;
    private final AccessKeys keys;
    private final String name;

    AccessReader(Values values, AccessKeys keys, String name) {
        this.values = values;
        this.keys = keys;
        this.name = name;
    }

    /**
     * Reads it.
     *
     * @param self true for the embedded repository, which needs none of it
     * @param scope what a token is asked for if the settings do not say
     */
    Access read(boolean self, String scope) {
        if (self) {
            unused("the embedded repository needs none of it", keys.all());
            return Access.open();
        }
        int before = values.problems().size();
        Access access = new Access(credentials(scope), transport());
        if (values.problems().size() == before) {
            access.problem()
                    .ifPresent(problem -> values.problem(Keys.PREFIX + keys.group() + "." + name + ": " + problem));
        }
        return access;
    }

    private Credentials credentials(String scope) {
        String kind = values.choice(of(keys.auth()), KINDS);
        List<Key> basic = List.of(keys.user(), keys.password());
        List<Key> token = List.of(keys.clientId(), keys.tokenUrl(), keys.scope());
        String because = of(keys.auth()).name() + " is " + kind;
        if (!kind.equals("basic")) {
            unused(because, basic);
        }
        if (!kind.equals("client-secret")) {
            unused(because, List.of(keys.clientSecret()));
        }
        if (!kind.equals("smart")) {
            unused(because, List.of(keys.privateKey()));
        }
        if (kind.equals("none") || kind.equals("basic")) {
            unused(because, token);
        }
        return switch (kind) {
            case "basic" -> new Credentials.Basic(needed(keys.user(), because), neededSecret(keys.password(), because));
            case "client-secret" ->
                new Credentials.ClientSecret(
                        needed(keys.clientId(), because), neededSecret(keys.clientSecret(), because), terms(scope));
            case "smart" ->
                new Credentials.BackendServices(needed(keys.clientId(), because), privateKey(because), terms(scope));
            default -> new Credentials.None();
        };
    }

    private Path privateKey(String because) {
        needed(keys.privateKey(), because);
        return values.existingFile(of(keys.privateKey())).orElse(Path.of(""));
    }

    private Credentials.TokenRequestTerms terms(String scope) {
        return new Credentials.TokenRequestTerms(
                values.address(of(keys.tokenUrl())),
                values.text(of(keys.scope())).orElse(scope));
    }

    private Transport transport() {
        return new Transport(
                store(keys.trustStore(), keys.trustStorePassword()),
                store(keys.keyStore(), keys.keyStorePassword()),
                proxy());
    }

    private Optional<Transport.Store> store(Key file, Key password) {
        Optional<Path> path = values.existingFile(of(file));
        if (path.isEmpty()) {
            unused(of(file).name() + " is not set", List.of(password));
        }
        return path.map(
                one -> new Transport.Store(one, values.secret(of(password)).value()));
    }

    private Optional<Transport.Proxy> proxy() {
        Optional<URI> address = values.address(of(keys.proxy()));
        if (address.isEmpty()) {
            unused(of(keys.proxy()).name() + " is not set", List.of(keys.proxyUser(), keys.proxyPassword()));
        } else if (!"http".equals(address.get().getScheme()) || address.get().getPort() < 0) {
            values.wrong(of(keys.proxy()), address.get().toString());
        }
        return address.map(one -> new Transport.Proxy(
                one,
                values.text(of(keys.proxyUser())).orElse(""),
                values.secret(of(keys.proxyPassword())).value()));
    }

    private String needed(Key key, String because) {
        return values.text(of(key)).orElseGet(() -> {
            values.problem(of(key).name() + " is missing; " + because);
            return "";
        });
    }

    private String neededSecret(Key key, String because) {
        needed(key, because);
        return values.secret(of(key)).value();
    }

    private void unused(String because, List<Key> some) {
        some.stream()
                .map(this::of)
                .filter(key -> values.text(key).isPresent())
                .forEach(key -> values.problem(key.name() + " is set, but " + because));
    }

    private Key of(Key key) {
        return key.of(name);
    }
}
