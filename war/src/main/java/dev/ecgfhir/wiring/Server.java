package dev.ecgfhir.wiring;

import dev.ecgfhir.config.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the server in this program. */
public final class Server {
    /** Property that is true where this program opens the port. */
    static final String OWN = "dev.ecgfhir.own-server";

    private Server() {}

    /**
     * Starts the server and waits until it answers and its networks run at full speed.
     *
     * <p>Settings come from, the strongest first: {@code properties}, system properties, environment variables, the file that
     * {@code ecgfhir.config} names, {@code application.yaml} in the working directory.
     *
     * @param properties settings by name, for example {@code server.port}
     * @return the running server
     * @throws ConfigurationException if settings are wrong; it lists everything that is
     */
    public static RunningServer start(Map<String, String> properties) {
        return start(properties, configure(new SpringApplicationBuilder(), true));
    }

    /**
     * Starts the server as {@link #start}, for a demonstration: with the demonstration weights where the settings name no model, and
     * with the embedded repository as the only server that it reads from and writes to.
     *
     * @param properties settings by name, for example {@code server.port}
     * @return the running server
     * @throws ConfigurationException if settings are wrong, or name servers or databases that a demonstration must not touch
     */
    public static RunningServer startDemonstration(Map<String, String> properties) {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.putAll(DemonstrationInitializer.fixed());
        return start(
                all,
                new SpringApplicationBuilder()
                        .sources(EcgApplication.class)
                        .initializers(new DemonstrationInitializer(), new SettingsInitializer(true)));
    }

    private static RunningServer start(Map<String, String> properties, SpringApplicationBuilder builder) {
        SpringApplication application = builder.web(WebApplicationType.SERVLET)
                .registerShutdownHook(true)
                .properties(ConfigFile.properties(properties.get("ecgfhir.config")))
                .properties(OWN + "=true")
                .build();
        String[] arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        try {
            ConfigurableApplicationContext context = application.run(arguments);
            context.getBean(Models.class).awaitWarm();
            return new RunningServer(context);
        } catch (RuntimeException e) {
            throw FreePort.problem(e).<RuntimeException>map(problem -> problem).orElse(e);
        }
    }

    /** What both ways to run have in common: as a program, and in a servlet container. */
    static SpringApplicationBuilder configure(SpringApplicationBuilder builder, boolean ownServer) {
        return builder.sources(EcgApplication.class).initializers(new SettingsInitializer(ownServer));
    }
}
