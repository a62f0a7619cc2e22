package dev.ecgfhir.routes;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.terminology.Terminology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A hospital's server, a ledger in a file, and the product's routes between them: new for each test, and gone after it. */
final class TestSite implements BeforeEachCallback, AfterEachCallback {
    private final List<CamelContext> contexts = new ArrayList<>();
    private Path directory;
    private FhirTestServer server;
    private HikariDataSource pool;
    private Ledger ledger;

    /** Two workers of each kind, which look for work often. */
    static WorkConfig work() {
        return new WorkConfig(2, 2, Duration.ofMinutes(1), Duration.ofMillis(100));
    }

    /** Three short pauses, after which an ECG is given up. */
    static RetryConfig retries() {
        return new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(100), 3);
    }

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        directory = Files.createTempDirectory("ecgfhir-site");
        server = FhirTestServer.start();
        open();
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        stopRoutes();
        pool.close();
        server.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void open() {
        pool = Pools.h2(directory.resolve("ledger"));
        ledger = new Ledger(pool, Clock.systemUTC());
    }

    FhirTestServer server() {
        return server;
    }

    Ledger ledger() {
        return ledger;
    }

    HikariDataSource pool() {
        return pool;
    }

    /** Stops what runs, closes the ledger and opens its file again, as a new process would. */
    Ledger restart() throws IOException {
        stopRoutes();
        pool.close();
        open();
        return ledger;
    }

    /** Returns the server as a source that is polled often. */
    SourceRouteConfig.Builder hospital() {
        return SourceRouteConfig.at("hospital", server.url()).every(Duration.ofMillis(100));
    }

    /** Runs routes for a source. */
    EcgRoutes run(SourceRouteConfig source, Interpreter interpreter) throws Exception {
        return run(new RoutesConfig(List.of(source), List.of(), work(), retries()), interpreter);
    }

    /** Runs routes. */
    EcgRoutes run(RoutesConfig config, Interpreter interpreter) throws Exception {
        return run(config, parts(interpreter));
    }

    /** Runs routes that work with something else. */
    EcgRoutes run(RoutesConfig config, RouteParts parts) throws Exception {
        CamelContext context = new DefaultCamelContext();
        contexts.add(context);
        EcgRoutes routes = EcgRoutes.addTo(context, config, parts);
        context.start();
        return routes;
    }

    /** Returns what routes work with here. */
    RouteParts parts(Interpreter interpreter) {
        return RouteParts.of(ledger, interpreter, Terminology.labelMap(), FhirTestServer.FHIR, "0.1.0-test");
    }

    /** Returns the context of the routes that were started last. */
    CamelContext context() {
        return contexts.get(contexts.size() - 1);
    }

    /** Stops all routes. */
    void stopRoutes() {
        contexts.forEach(CamelContext::stop);
        contexts.clear();
    }
}
