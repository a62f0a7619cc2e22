package dev.ecgfhir.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What lets clients in at a broker that speaks SASL_SSL alone: a certificate that no JVM knows, and users with passwords of this run. */
final class BrokerAccess {
    /** May do everything. */
    static final String ADMIN = "admin";

    /** The product, which may do what it is granted. */
    static final String PRODUCT = "ecgfhir";

    /** Likewise; its password is changed. */
    static final String CHANGED = "ecgfhir-changed";

    private static final String MECHANISM = "SCRAM-SHA-512";

    private final Path folder;
    private final Map<String, String> passwords = Map.of(
            ADMIN, "a-" + UUID.randomUUID(), PRODUCT, "p-" + UUID.randomUUID(), CHANGED, "c-" + UUID.randomUUID());
    private final String storePassword = "s-" + UUID.randomUUID();

    BrokerAccess(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        String[] store = {"-alias", "broker", "-keystore", file("broker.p12"), "-storepass", storePassword};
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
        keytool(store, "-exportcert", "-file", file("broker.cer"));
        store[3] = file("trust.p12");
        keytool(store, "-importcert", "-noprompt", "-file", file("broker.cer"));
    }

    /** Returns everything that may stand in no log. */
    List<String> secrets() {
        return Stream.concat(passwords.values().stream(), Stream.of(storePassword))
                .toList();
    }

    List<String> broker(int port, int controller) {
        return List.of(
                "listeners=SASL_SSL://localhost:" + port + ",CONTROLLER://localhost:" + controller,
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL",
                "inter.broker.listener.name=SASL_SSL",
                "sasl.enabled.mechanisms=" + MECHANISM,
                "sasl.mechanism.inter.broker.protocol=" + MECHANISM,
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=" + login(ADMIN, passwords.get(ADMIN)),
                "ssl.keystore.location=" + file("broker.p12"),
                "ssl.keystore.password=" + storePassword,
                "ssl.truststore.location=" + file("trust.p12"),
                "ssl.truststore.password=" + storePassword,
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users=User:" + ADMIN + ";User:ANONYMOUS"); // the controller's listener asks for no name
    }

    /** Returns the arguments that make a new broker know the users. */
    List<String> format() {
        return passwords.entrySet().stream()
                .flatMap(user -> Stream.of(
                        "--add-scram", MECHANISM + "=[name=" + user.getKey() + ",password=" + user.getValue() + "]"))
                .toList();
    }

    /** Returns the properties by which a user comes in. */
    Map<String, String> client(String user) {
        return client(user, passwords.get(user));
    }

    Map<String, String> client(String user, String password) {
        return new HashMap<>(Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                login(user, password),
                "ssl.truststore.location",
                file("trust.p12"),
                "ssl.truststore.password",
                storePassword));
    }

    private static String login(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void keytool(String[] store, String command, String... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("keytool.log");
        int code = new ProcessBuilder(Stream.of(
                                Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()),
                                Stream.of(command),
                                Stream.of(store),
                                Stream.of(arguments))
                        .flatMap(part -> part)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("keytool " + command + ": " + Files.readString(log));
        }
    }
}
