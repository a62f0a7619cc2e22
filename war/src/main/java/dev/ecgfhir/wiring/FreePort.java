package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;

/** Finds out before the long way of a start whether its port can be had. */
final class FreePort {
    private FreePort() {}

    /** Returns why the port cannot be opened, if it cannot; address and port have been checked. */
    static Optional<String> problem(Environment environment) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        String address = environment.getProperty("server.address", "127.0.0.1");
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(taken(port, String.valueOf(e.getMessage())));
        }
    }

    /** Says it too where somebody else took the port in the meantime. */
    static Optional<ConfigurationException> problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                return Optional.of(new ConfigurationException(
                        List.of(taken(taken.getPort(), "it was taken while the server started"))));
            }
        }
        return Optional.empty();
    }

    private static String taken(int port, String reason) {
        return "server.port " + port + " cannot be opened (" + reason
                + "); another program may use it: choose one by --port, 0 takes a free one";
    }
}
