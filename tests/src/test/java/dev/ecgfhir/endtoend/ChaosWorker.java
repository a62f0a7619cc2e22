package dev.ecgfhir.endtoend;

import ca.uhn.fhir.context.FhirContext;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.source.FhirClients;
import dev.ecgfhir.inference.EcgModels;
import dev.ecgfhir.inference.InferenceConfig;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerCounts;
import dev.ecgfhir.ledger.LedgerMigrations;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.routes.EcgRoutes;
import dev.ecgfhir.routes.JoinConfig;
import dev.ecgfhir.routes.NodeConfig;
import dev.ecgfhir.routes.RetryConfig;
import dev.ecgfhir.routes.RouteParts;
import dev.ecgfhir.routes.RoutesConfig;
import dev.ecgfhir.routes.SourceRouteConfig;
import dev.ecgfhir.routes.WorkConfig;
import dev.ecgfhir.routes.kafka.KafkaConfig;
import dev.ecgfhir.terminology.Terminology;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.InterceptStrategy;

/**
 * A process that reads, interprets and delivers with the product's own routes, ledger and demonstration weights, and asks before each step
 * whether it may go on: it prints {@code step: before NODE} or {@code step: after NODE} and waits for a line.
 *
 * <p>Arguments: address of the FHIR server on {@code localhost}, JDBC address of the ledger; for one of several nodes also its name and
 * Kafka's address. The server is two sources, since a source is known by its address: by its name the {@code hospital}, whose ECGs are one
 * Observation each, and by its number the {@code ward}, whose ECGs are {@link LeadByLead}.
 */
final class ChaosWorker {
    /** Begins each line that names a step. */
    static final String STEP = "step: ";

    /** Begins each line that tells of the ledger: names and numbers of rows. */
    static final String LEDGER = "ledger: ";

    /** Patience with a server that says nothing: shorter than a lease. */
    private static final FhirClients.Limits LIMITS =
            FhirClients.Limits.defaults().waiting(Duration.ofSeconds(3), Duration.ofSeconds(3));

    private static final PrintStream STEPS = System.out;

    private ChaosWorker() {}

    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err); // what is logged goes to the log; only steps to the test
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(arguments[1]);
        pool.setUsername(arguments[1].startsWith("jdbc:h2:") ? "sa" : "postgres");
        pool.setPassword("");
        String schema = LedgerMigrations.migrate(pool, "ecg");
        HikariDataSource ledgerPool = new HikariDataSource();
        pool.copyStateTo(ledgerPool);
        ledgerPool.setSchema(schema);
        Ledger ledger = new Ledger(ledgerPool, Clock.systemUTC());
        FhirContext fhir = FhirContext.forR4();
        EcgInterpreter interpreter = new EcgInterpreter(
                List.of(
                        EcgModels.demonstration(12, InferenceConfig.defaults()),
                        EcgModels.demonstration(1, InferenceConfig.defaults())),
                new Preprocessing(MainsFrequency.HERTZ_50),
                Terminology.labelMap());
        CamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().addInterceptStrategy(new Asking());
        EcgRoutes.addTo(
                context,
                arguments.length == 2 ? config(arguments[0]) : config(arguments[0], arguments[2], arguments[3]),
                new RouteParts(
                        ledger,
                        interpreter,
                        Terminology.labelMap(),
                        fhir,
                        (name, url) -> FhirClients.client(url, LIMITS),
                        ReportOptions.defaults(),
                        "chaos",
                        Clock.systemUTC()));
        context.start();
        while (true) {
            LedgerCounts counts = ledger.counts();
            STEPS.println(LEDGER + "discovered=" + counts.discovered() + " inProgress=" + counts.inProgress()
                    + " delivered="
                    + counts.delivered() + " refused=" + counts.refused() + " ignored=" + counts.ignored() + " dead="
                    + counts.dead());
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static RoutesConfig config(String fhirUrl) {
        return new RoutesConfig(
                List.of(
                        SourceRouteConfig.at("hospital", fhirUrl)
                                .every(Duration.ofMillis(200))
                                .build(),
                        SourceRouteConfig.at("ward", fhirUrl.replace("//localhost:", "//127.0.0.1:"))
                                .every(Duration.ofMillis(200))
                                .query(LeadByLead.QUERY)
                                .joining(new JoinConfig(Duration.ofSeconds(1), Duration.ofHours(1)))
                                .build()),
                List.of(),
                // a lease is longer than any step here, and short enough that a killed worker's rows come back soon
                new WorkConfig(1, 1, Duration.ofSeconds(8), Duration.ofMillis(200)),
                new RetryConfig(Duration.ofMillis(100), Duration.ofSeconds(1), 1000));
    }

    private static RoutesConfig config(String fhirUrl, String node, String brokers) {
        return config(fhirUrl)
                .on(new NodeConfig(node, Duration.ofMillis(500)))
                .through(KafkaConfig.at(brokers)
                        .with(Map.of("session.timeout.ms", "3000", "heartbeat.interval.ms", "500")));
    }

    /** Asks on both sides of every node of ours that has an id. */
    private static final class Asking implements InterceptStrategy {
        private static final Object TURN = new Object();
        private static final BufferedReader ANSWERS =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode node, Processor target, Processor next) {
            String id = node.getId();
            return exchange -> {
                ask("before " + id);
                target.process(exchange);
                ask("after " + id);
            };
        }

        private static void ask(String step) {
            synchronized (TURN) {
                STEPS.println(STEP + step);
                STEPS.flush();
                try {
                    if (ANSWERS.readLine() == null) {
                        Runtime.getRuntime().halt(1); // the test is gone
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
