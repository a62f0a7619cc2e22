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
     * Starts the server and waits until it answers.
     *
     * <p>Settings come from, the strongest first: {@code properties}, system properties, environment variables, the file that
     * {@code ecgfhir.config} names, {@code application.yaml} in the working directory.
     *
     * @param properties settings by name, for example {@code server.port}
     * @return the running server
     * @throws ConfigurationException if settings are wrong; it lists everything that is
     */
    public static RunningServer start(Map<String, String> properties) {
        Map<String, Object> given = new LinkedHashMap<>(properties);
        SpringApplicationBuilder builder = configure(new SpringApplicationBuilder(), true)
                .web(WebApplicationType.SERVLET)
                .registerShutdownHook(true);
        builder.properties(ConfigFile.properties(properties.get("ecgfhir.config")))
                .properties(OWN + "=true");
        SpringApplication application = builder.build();
        String[] arguments = given.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        ConfigurableApplicationContext context = application.run(arguments);
        return new RunningServer(context);
    }

    /** What both ways to run have in common: as a program, and in a servlet container. */
    static SpringApplicationBuilder configure(SpringApplicationBuilder builder, boolean ownServer) {
        return builder.sources(EcgApplication.class).initializers(new SettingsInitializer(ownServer));
    }
}
