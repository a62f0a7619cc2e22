package dev.ecgfhir.fhir.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import org.apache.http.ssl.SSLContextBuilder;
import org.apache.http.ssl.SSLContexts;

/** Reads the certificates and keys of a {@link Transport}. */
final class TlsFiles {
    private static final String PEM = "-----BEGIN ";

    private TlsFiles() {}

    /**
     * Returns the TLS settings of a transport.
     *
     * @throws AccessException if a file cannot be used; the message names it
     */
    static SSLContext context(Transport transport) throws AccessException {
        try {
            SSLContextBuilder builder = SSLContexts.custom();
            if (transport.trust().isPresent()) {
                builder.loadTrustMaterial(trusted(transport.trust().get()), null);
            }
            if (transport.identity().isPresent()) {
                Transport.Store identity = transport.identity().get();
                builder.loadKeyMaterial(keys(identity), identity.password().toCharArray());
            }
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new AccessException("TLS cannot be set up: " + e.getClass().getSimpleName(), false, e);
        }
    }

    private static KeyStore trusted(Transport.Store store) throws AccessException {
        byte[] content = content(store.file());
        KeyStore trusted = startsWithPem(content) ? pem(store.file(), content) : pkcs12(store, content);
        try {
            if (!Collections.list(trusted.aliases()).stream().anyMatch(alias -> isCertificate(trusted, alias))) {
                throw new AccessException(
                        store.file()
                                + ": holds no certificate to trust; expected PEM certificates, or a PKCS#12 file made by"
                                + " keytool -importcert",
                        false,
                        null);
            }
            return trusted;
        } catch (GeneralSecurityException e) {
            throw unreadable(store.file(), e);
        }
    }

    private static boolean isCertificate(KeyStore store, String alias) {
        try {
            return store.isCertificateEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the store is loaded", e);
        }
    }

    private static KeyStore keys(Transport.Store store) throws AccessException {
        KeyStore keys = pkcs12(store, content(store.file()));
        try {
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(alias)) {
                    return keys;
                }
            }
        } catch (GeneralSecurityException e) {
            throw unreadable(store.file(), e);
        }
        throw new AccessException(store.file() + ": holds no private key", false, null);
    }

    private static KeyStore pkcs12(Transport.Store store, byte[] content) throws AccessException {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(content), store.password().toCharArray());
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(store.file(), e);
        }
    }

    private static KeyStore pem(Path file, byte[] content) throws AccessException {
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, e);
        }
    }

    private static boolean startsWithPem(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(PEM);
    }

    private static byte[] content(Path file) throws AccessException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static AccessException unreadable(Path file, Exception cause) {
        return new AccessException(
                file + ": cannot be read as PEM certificates or PKCS#12 with the given password ("
                        + cause.getClass().getSimpleName() + ")",
                false,
                cause);
    }
}
