package dev.ecgfhir.inference.download;

import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From where to where.
 *
 * @param address of the file, http or https
 * @param file where it is to be; its directory exists
 * @param sha256 the hash that it must have, lower-case hexadecimal, if the user knows it
 * @param proxy which proxy is used for an address
 * @param patience longest wait for a connection, for an answer, and for more of a body that has stopped
 * @param attempts failures in a row, without a byte between them, after which it is given up, 1..100
 * @param pause wait after the first such failure; it doubles with each further one
 */
public record DownloadConfig(
        URI address,
        Path file,
        Optional<String> sha256,
        ProxySelector proxy,
        Duration patience,
        int attempts,
        Duration pause) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** Checks the ranges. */
    public DownloadConfig {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new IllegalArgumentException("the address must be http or https, was '" + address + "'");
        }
        if (address.getUserInfo() != null) {
            throw new IllegalArgumentException("the address must not hold a user name or password");
        }
        sha256.filter(hash -> !SHA_256.matcher(hash).matches()).ifPresent(hash -> {
            throw new IllegalArgumentException(
                    "a SHA-256 must be 64 digits of lower-case hexadecimal, was '" + hash + "'");
        });
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("attempts must be in 1..100, was " + attempts);
        }
    }

    /**
     * Returns the defaults: the proxy of the Java platform's properties, a minute's patience, five attempts from a second on.
     *
     * @param address of the file
     * @param file where it is to be
     */
    public static DownloadConfig of(URI address, Path file) {
        return new DownloadConfig(
                address,
                file,
                Optional.empty(),
                ProxySelector.getDefault(),
                Duration.ofMinutes(1),
                5,
                Duration.ofSeconds(1));
    }

    /** Returns the same with a hash that the file must have. */
    public DownloadConfig withSha256(String hash) {
        return new DownloadConfig(address, file, Optional.of(hash), proxy, patience, attempts, pause);
    }

    /** Returns the same with another choice of proxies. */
    public DownloadConfig withProxy(ProxySelector other) {
        return new DownloadConfig(address, file, sha256, other, patience, attempts, pause);
    }

    /** Tells whether nobody between here and the server can put another file in: TLS, or the same machine. */
    boolean isPrivate() {
        if ("https".equals(address.getScheme())) {
            return true;
        }
        try {
            return InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
