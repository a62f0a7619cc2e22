package dev.ecgfhir.routes;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Pools;
import dev.ecgfhir.terminology.Terminology;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A process of its own that works on the backfills of a ledger with the product's routes, until it is killed, and tells how far it is. */
final class BackfillProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private BackfillProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it on a ledger in an H2 file that nobody else has open. */
    static BackfillProcess start(String fhirUrl, Path ledger, Path log) throws IOException {
        return new BackfillProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BackfillProcess.class.getName(),
                        fhirUrl,
                        ledger.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    public static void main(String[] arguments) throws Exception {
        HikariDataSource pool = Pools.h2(Path.of(arguments[1]));
        Ledger ledger = new Ledger(pool, Clock.systemUTC());
        SourceRouteConfig source = SourceRouteConfig.at("hospital", arguments[0])
                .every(Duration.ofMillis(100))
                .pages(10)
                .sweptEvery(Duration.ofHours(1), Duration.ZERO)
                .archive(ArchiveConfig.defaults().leftToBackfills())
                .build();
        CamelContext context = new DefaultCamelContext();
        EcgRoutes.addTo(
                context,
                new RoutesConfig(
                        List.of(source),
                        List.of(),
                        new WorkConfig(2, 2, Duration.ofSeconds(10), Duration.ofMillis(50)),
                        new RetryConfig(Duration.ofMillis(20), Duration.ofMillis(200), 20)),
                RouteParts.of(
                        ledger,
                        recording -> Ecgs.interpreter().interpret(recording), // loaded for the first that can be read
                        Terminology.labelMap(),
                        FhirTestServer.FHIR,
                        "test"));
        context.start();
        boolean done = false;
        while (!done) {
            TimeUnit.MILLISECONDS.sleep(20);
            Backfill job = ledger.backfills().all().get(0);
            done = job.state() == Backfill.State.DONE && ledger.counts().inProgress() == 0;
            System.out.println("found " + job.counts().found());
        }
        context.stop();
        pool.close();
    }

    /** Lets it work until it has found so many ECGs of the archive, and kills it there by SIGKILL. */
    void killAfter(long ecgs) throws IOException, InterruptedException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("found ") && Long.parseLong(line.substring("found ".length())) >= ecgs) {
                close();
                return;
            }
        }
        throw new AssertionError("it ended by itself");
    }

    /** Lets it work until all is done and it ends by itself. */
    void finish() throws IOException, InterruptedException {
        while (lines.readLine() != null) {
            // it goes on
        }
        if (process.waitFor() != 0) {
            throw new AssertionError("it ended with " + process.exitValue());
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
