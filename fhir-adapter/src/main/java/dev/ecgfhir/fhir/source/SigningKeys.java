package dev.ecgfhir.fhir.source;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;

/**
 * Reads the key that signs our assertions. SMART App Launch 2.2, "Client Authentication: Asymmetric", has every server take RS384 and
 * ES384, so no other algorithm is offered.
 */
final class SigningKeys {
    private SigningKeys() {}

    /**
     * A key that is ready to sign.
     *
     * @param id the key id that the authorisation server knows it by
     * @param algorithm RS384 or ES384
     * @param signer signs
     */
    record SigningKey(String id, JWSAlgorithm algorithm, JWSSigner signer) {}

    /**
     * Reads the first usable key of a file, which is the one to sign with while keys are being changed.
     *
     * @param file a JSON Web Key, or a Key Set
     * @throws AccessException if there is none; the message says what is missing, never what is there
     */
    static SigningKey read(Path file) throws AccessException {
        for (JWK key : keys(file)) {
            if (key.isPrivate() && key.getKeyID() != null && takes(key)) {
                try {
                    return key instanceof RSAKey rsa
                            ? new SigningKey(key.getKeyID(), JWSAlgorithm.RS384, new RSASSASigner(rsa))
                            : new SigningKey(key.getKeyID(), JWSAlgorithm.ES384, new ECDSASigner(key.toECKey()));
                } catch (JOSEException e) {
                    throw unusable(file, e);
                }
            }
        }
        throw new AccessException(
                file + ": holds no private key with a key id (kid) for RS384 (kty RSA) or ES384 (kty EC, crv P-384)",
                false,
                null);
    }

    private static boolean takes(JWK key) {
        boolean algorithm = key.getAlgorithm() == null
                || key.getAlgorithm().equals(JWSAlgorithm.RS384)
                || key.getAlgorithm().equals(JWSAlgorithm.ES384);
        return algorithm && (key instanceof RSAKey || (key instanceof ECKey ec && Curve.P_384.equals(ec.getCurve())));
    }

    private static List<JWK> keys(Path file) throws AccessException {
        try {
            String text = Files.readString(file);
            return text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
        } catch (IOException | ParseException e) {
            throw unusable(file, e);
        }
    }

    private static AccessException unusable(Path file, Exception cause) {
        return new AccessException(
                file + ": cannot be read as a JSON Web Key or Key Set ("
                        + cause.getClass().getSimpleName() + ")",
                false,
                cause);
    }
}
