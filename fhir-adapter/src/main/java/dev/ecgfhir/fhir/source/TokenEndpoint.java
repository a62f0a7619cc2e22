package dev.ecgfhir.fhir.source;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;

/**
 * Asks an authorisation server for tokens by client credentials.
 *
 * <h2>References</h2>
 *
 * <p>RFC 6749 section 4.4; RFC 7523 section 2.2; SMART App Launch 2.2, "Backend Services": the assertion holds at most five minutes, is
 * used once, and bears the token endpoint as audience.
 */
final class TokenEndpoint implements AccessTokens.Issuer {
    /** Where an authorisation server does not say how long a token holds. */
    private static final Duration UNSTATED = Duration.ofMinutes(1);

    private static final Duration ASSERTION = Duration.ofMinutes(4);

    private final Credentials credentials;
    private final Credentials.TokenRequestTerms terms;
    private final SmartConfiguration configuration;
    private final TokenHttp http;
    private final Clock clock;

    TokenEndpoint(
            Credentials credentials,
            Credentials.TokenRequestTerms terms,
            SmartConfiguration configuration,
            TokenHttp http,
            Clock clock) {
        this.credentials = credentials;
        this.terms = terms;
        this.configuration = configuration;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public AccessTokens.Token issue() throws AccessException {
        SmartConfiguration.Endpoint endpoint = configuration.endpoint();
        try {
            TokenRequest.Builder request = new TokenRequest.Builder(
                            endpoint.address(), authentication(endpoint), new ClientCredentialsGrant())
                    .scope(Scope.parse(terms.scope()));
            if (credentials instanceof Credentials.BackendServices backend) {
                // RFC 7521 section 4.2 leaves it open beside an assertion; some servers, Spring's among them, ask for
                // it
                request.customParameter("client_id", backend.clientId());
            }
            return token(endpoint, request.build().toHTTPRequest().send(http));
        } catch (AccessException e) {
            throw e;
        } catch (IOException e) {
            configuration.forget();
            throw new AccessException(
                    "no answer from token endpoint " + endpoint.address() + " ("
                            + e.getClass().getSimpleName() + ")",
                    true,
                    e);
        } catch (JOSEException e) {
            throw new AccessException(
                    "the assertion cannot be signed (" + e.getClass().getSimpleName() + ")", false, e);
        }
    }

    private ClientAuthentication authentication(SmartConfiguration.Endpoint endpoint)
            throws AccessException, JOSEException {
        if (credentials instanceof Credentials.ClientSecret known) {
            ClientID id = new ClientID(known.clientId());
            Secret secret = new Secret(known.secret());
            return endpoint.secretInBody() ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
        }
        if (credentials instanceof Credentials.BackendServices backend) {
            return assertion(backend, SigningKeys.read(backend.keyFile()), endpoint);
        }
        throw new IllegalStateException("no token is asked for with " + credentials.getClass());
    }

    private PrivateKeyJWT assertion(
            Credentials.BackendServices backend, SigningKeys.SigningKey key, SmartConfiguration.Endpoint endpoint)
            throws JOSEException {
        Date now = Date.from(clock.instant());
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(key.algorithm())
                        .keyID(key.id())
                        .type(JOSEObjectType.JWT)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(backend.clientId())
                        .subject(backend.clientId())
                        .audience(endpoint.address().toString())
                        .issueTime(now)
                        .expirationTime(Date.from(now.toInstant().plus(ASSERTION)))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        assertion.sign(key.signer());
        return new PrivateKeyJWT(assertion);
    }

    private AccessTokens.Token token(SmartConfiguration.Endpoint endpoint, HTTPResponse response)
            throws AccessException {
        TokenResponse answer;
        try {
            answer = TokenResponse.parse(response);
        } catch (ParseException e) {
            throw refusal(endpoint, response.getStatusCode(), "which is no OAuth 2.0 answer");
        }
        if (!answer.indicatesSuccess()) {
            ErrorObject error = answer.toErrorResponse().getErrorObject();
            throw refusal(endpoint, response.getStatusCode(), "error " + code(error));
        }
        AccessToken token = answer.toSuccessResponse().getTokens().getAccessToken();
        Duration lifetime = token.getLifetime() > 0 ? Duration.ofSeconds(token.getLifetime()) : UNSTATED;
        return new AccessTokens.Token(token.getValue(), lifetime);
    }

    /** The error's code alone: its description is the server's own words. */
    private static String code(ErrorObject error) {
        String code = error.getCode();
        return code != null && code.matches("[a-z_]{1,60}") ? code : "of no known code";
    }

    private AccessException refusal(SmartConfiguration.Endpoint endpoint, int status, String text) {
        configuration.forget();
        return new AccessException(
                "token endpoint " + endpoint.address() + " gives client no token: HTTP status " + status + ", " + text,
                status >= 500 || status == 429,
                null);
    }
}
