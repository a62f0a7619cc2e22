package dev.ecgfhir.cli;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the HTTP proxy that a user wants, as other command-line programs do. */
final class Proxies {
    private static final Pattern FORM =
            Pattern.compile("(?:http://)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})/?");

    private Proxies() {}

    /**
     * Returns what to use.
     *
     * @param option what the command line says: an address, none, or nothing
     * @param environment variables such as HTTPS_PROXY and NO_PROXY
     * @param address what is to be fetched
     * @throws IllegalArgumentException if an address of a proxy has another form
     */
    static ProxySelector of(Optional<String> option, Map<String, String> environment, URI address) {
        if (option.isPresent()) {
            return option.get().equals("none") ? ProxySelector.of(null) : selector("--proxy", option.get());
        }
        String name = "https".equals(address.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
        Optional<String> variable = variable(environment, name);
        if (variable.isEmpty() || excepted(variable(environment, "NO_PROXY").orElse(""), address.getHost())) {
            return ProxySelector.getDefault();
        }
        return selector(name, variable.get());
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .map(key -> environment.getOrDefault(key, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** A list of hosts and domains, separated by commas; an asterisk means all. */
    private static boolean excepted(String list, String host) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
                .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
    }

    private static ProxySelector selector(String name, String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches() || Integer.parseInt(form.group(2)) > 65535) {
            throw new IllegalArgumentException(name + " must be HOST:PORT of an HTTP proxy without login"
                    + (value.contains("@") ? "" : ", was '" + value + "'"));
        }
        return ProxySelector.of(new InetSocketAddress(form.group(1), Integer.parseInt(form.group(2))));
    }
}
