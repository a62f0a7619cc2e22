package dev.ecgfhir.wiring;

import dev.ecgfhir.config.Settings;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.pipeline.Interpreter;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A server that runs in this program. Safe for use by several threads. */
public final class RunningServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    RunningServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Returns the port that it listens on. */
    public int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    /** Returns its address without trailing slash, for example {@code http://localhost:8080}. */
    public String baseUrl() {
        return "http://localhost:" + port() + context.getEnvironment().getProperty("server.servlet.context-path", "");
    }

    /** Returns the address of its FHIR endpoint, for example {@code http://localhost:8080/fhir}. */
    public String fhirUrl() {
        return baseUrl() + "/fhir";
    }

    /** Returns the settings that it runs with. */
    public Settings settings() {
        return context.getBean(Settings.class);
    }

    /** Returns what reads ECGs, the same as behind the routes and {@code $interpret}. */
    public Interpreter interpreter() {
        return bean(Interpreter.class);
    }

    /** Returns the ledger that it keeps. */
    public Ledger ledger() {
        return bean(Ledger.class);
    }

    /**
     * Waits until the server cannot go on in this program, which may never be.
     *
     * @return what has failed and what to do
     */
    public String awaitFailure() throws InterruptedException {
        return String.valueOf(bean(DatabaseWatch.class).awaitEnd().getMessage());
    }

    /** Returns a part by its type. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Stops it: first the routes, then the port, then the databases. Waits until it has stopped. */
    public void stop() {
        context.close();
    }

    /** Stops it. */
    @Override
    public void close() {
        stop();
    }
}
