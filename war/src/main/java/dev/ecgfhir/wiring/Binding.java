package dev.ecgfhir.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.core.env.Environment;

/** Refuses to open a port to other machines, or to believe forwarding proxies, until security settings exist. */
final class Binding {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private Binding() {}

    /** Returns one line for each setting that would open the server. */
    static List<String> problems(Environment environment) {
        List<String> problems = new ArrayList<>();
        String address = environment.getProperty("server.address", "127.0.0.1");
        if (!LOCAL.contains(address)) {
            problems.add("server.address must be localhost, 127.0.0.1 or ::1 until security settings exist, was '"
                    + address + "'");
        }
        String forwarding = environment.getProperty("server.forward-headers-strategy", "none");
        if (!forwarding.equalsIgnoreCase("none")) {
            problems.add("server.forward-headers-strategy must be none until security settings exist, was '"
                    + forwarding + "'");
        }
        String port = environment.getProperty("server.port", "8080");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            problems.add("server.port must be in 0..65535, was '" + port + "'");
        }
        String management = environment.getProperty("management.server.port");
        if (management != null && !management.equals(port)) {
            problems.add(
                    "management.server.port must be absent, for health and metrics stand on the server's own port, was '"
                            + management + "'");
        }
        return problems;
    }
}
