package dev.ecgfhir.endtoend;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;

/** Keeps a server at work by two doors, as fast as it answers, and asks it how far it is. Safe to share between threads. */
final class SoakLoad implements AutoCloseable {
    private static final Path RECORDINGS =
            Path.of("..", "war", "src", "main", "resources", "dev", "ecgfhir", "demo", "recordings");
    private static final Pattern READY = Pattern.compile("ready at (http://\\S+),");

    /** So many ECGs may be stored and not yet reported: the feed always has work, and no backlog grows. */
    private static final int AHEAD = 20;

    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Observation> recordings = new ArrayList<>();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong interpreted = new AtomicLong();
    private volatile boolean going = true;

    private SoakLoad(String url) throws IOException {
        this.url = url;
        for (String name : List.of("ptbxl_00424", "ptbxl_00292", "cinc17_A00027", "cinc_JS13888")) {
            recordings.add(FhirContext.forR4Cached()
                    .newJsonParser()
                    .parseResource(Observation.class, Files.readString(RECORDINGS.resolve(name + ".json"))));
        }
    }

    /**
     * Waits until a server is ready.
     *
     * @param log takes what it prints
     */
    static SoakLoad on(Process process, Path log, long seconds) throws IOException, InterruptedException {
        String[] url = new String[1];
        until(seconds, () -> {
            Matcher ready = READY.matcher(text(log));
            url[0] = ready.find() ? ready.group(1) : "";
            return !url[0].isEmpty() || !process.isAlive();
        });
        if (url[0].isEmpty()) {
            throw new IllegalStateException("the server did not start:\n" + text(log));
        }
        return new SoakLoad(url[0]);
    }

    /** Stores ECGs in its repository until it is stopped. */
    void feed() {
        try {
            IParser json = FhirContext.forR4Cached().newJsonParser();
            for (int i = 0; going; i++) {
                Observation ecg = recordings.get(i % recordings.size()).copy();
                ecg.setId((String) null);
                ecg.setIdentifier(List.of(new Identifier().setSystem("urn:soak").setValue("ecg-" + i)));
                check(201, post("/fhir/Observation", json.encodeResourceToString(ecg)));
                stored.incrementAndGet();
                until(Long.MAX_VALUE >> 32, () -> !going || stored.get() - delivered() < AHEAD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks for interpretations until it is stopped; where the server says that it has no room, as long after as it says. */
    void ask() {
        try {
            IParser json = FhirContext.forR4Cached().newJsonParser();
            List<String> bodies =
                    recordings.stream().map(json::encodeResourceToString).toList();
            for (int i = 0; going; i++) {
                HttpResponse<String> answer = post("/fhir/Observation/$interpret", bodies.get(i % bodies.size()));
                if (answer.statusCode() == 503) {
                    TimeUnit.SECONDS.sleep(
                            answer.headers().firstValueAsLong("Retry-After").orElse(1)); // as a caller has to
                    continue;
                }
                check(200, answer);
                interpreted.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how many ECGs were answered for by {@code $interpret}. */
    long interpreted() {
        return interpreted.get();
    }

    /** Returns how many reports its ledger has as delivered. */
    long delivered() {
        return count("delivered");
    }

    void await(long ecgs, long seconds) throws InterruptedException {
        if (!until(seconds, () -> delivered() >= ecgs)) {
            throw new IllegalStateException(delivered() + " ECGs in " + seconds + " s");
        }
    }

    /** Begins nothing more. */
    void stop() {
        going = false;
    }

    /** Waits until nothing is in progress, and tells the sums. */
    String settled(long seconds) throws InterruptedException {
        boolean done = until(seconds, () -> delivered() == stored.get() && count("inprogress") == 0);
        return stored + " ECGs stored, " + delivered() + " reports delivered, " + count("dead") + " dead, "
                + count("refused") + " refused" + (done ? "" : "; NOT ALL IS DONE");
    }

    private long count(String state) {
        try {
            String metrics = http.send(
                            HttpRequest.newBuilder(URI.create(url + "/actuator/prometheus"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher gauge = Pattern.compile("ecgfhir_ledger_recordings\\{state=\"" + state + "\"\\} (\\S+)")
                    .matcher(metrics);
            return gauge.find() ? (long) Double.parseDouble(gauge.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private HttpResponse<String> post(String path, String body) throws InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .header("Content-Type", "application/fhir+json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new IllegalStateException(response.uri() + ": " + response.statusCode() + " " + response.body());
        }
    }

    private static boolean until(long seconds, BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(seconds)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return true;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        stop();
    }
}
