package dev.ecgfhir.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether a request was made by a program on this machine for this machine.
 *
 * <p>The peer must be a loopback address; no header may say that somebody forwarded the request; the Host header must name this
 * machine as loopback, for a page of another site whose name was rebound to 127.0.0.1 sends its own name; and a page of another
 * origin may not call at all.
 */
final class CallerCheck {
    private static final List<String> FORWARDED = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Port",
            "X-Forwarded-Server",
            "X-Forwarded-Prefix",
            "X-Real-IP",
            "X-Client-IP",
            "X-Cluster-Client-IP",
            "True-Client-IP",
            "CF-Connecting-IP",
            "Via");
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]]+)(:\\d{1,5})?");
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.%a-z]*:[0-9A-Fa-f:.%a-z]*");

    private CallerCheck() {}

    /** Looks at a request, which pages of no other origin may make. */
    static Optional<String> refusal(HttpServletRequest request) {
        return refusal(request, Set.of());
    }

    /**
     * Looks at a request.
     *
     * @param origins pages of which other origins may make it
     * @return why it is refused; empty if it is local
     */
    static Optional<String> refusal(HttpServletRequest request, Set<String> origins) {
        if (!loopback(request.getRemoteAddr())) {
            return Optional.of("it came from another machine");
        }
        for (String header : FORWARDED) {
            if (request.getHeader(header) != null) {
                return Optional.of("it was forwarded (it has the header " + header + ")");
            }
        }
        String host = request.getHeader("Host");
        if (host == null || !local(host)) {
            return Optional.of("its Host header is not localhost, 127.0.0.1 or [::1]");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && origins.contains(origin)) {
            return Optional.empty();
        }
        if (origin != null && !sameOrigin(origin, request)) {
            return Optional.of("a page of another origin made it");
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if ("cross-site".equals(site) && !navigation(request)) {
            return Optional.of("a page of another site made it");
        }
        return Optional.empty();
    }

    /** A person who follows a link to a page of ours comes from another site too. */
    private static boolean navigation(HttpServletRequest request) {
        return "GET".equals(request.getMethod()) && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    private static boolean loopback(String address) {
        // Only literals: a name would be looked up in the network.
        if (address == null || !LITERAL.matcher(address).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean local(String host) {
        var matcher = HOST.matcher(host.toLowerCase(Locale.ROOT));
        return matcher.matches() && LOCAL_NAMES.contains(matcher.group(1));
    }

    private static boolean sameOrigin(String origin, HttpServletRequest request) {
        try {
            URI uri = URI.create(origin);
            String authority = uri.getRawAuthority();
            return authority != null
                    && request.getScheme().equals(uri.getScheme())
                    && authority.equalsIgnoreCase(request.getHeader("Host"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
