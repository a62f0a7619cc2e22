package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ecgfhir.config.CommandEnvironment;
import dev.ecgfhir.config.ConfigurationException;
import dev.ecgfhir.config.LedgerSettings;
import dev.ecgfhir.ledger.Backfill;
import dev.ecgfhir.web.BackfillChange;
import dev.ecgfhir.web.BackfillDocument;
import dev.ecgfhir.web.BackfillRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The backfills: those of the running server, or those in the ledger where none runs. */
final class BackfillJobs implements AutoCloseable {
    private static final String PATH = "/commands/backfills";

    private final Optional<ServerCalls> server;
    private final Optional<LedgerAtHand> ledger;

    private BackfillJobs(Optional<ServerCalls> server, Optional<LedgerAtHand> ledger) {
        this.server = server;
        this.ledger = ledger;
    }

    /**
     * Finds them.
     *
     * @param given settings of the command line
     */
    static BackfillJobs open(Map<String, String> given) throws IOException, InterruptedException {
        LedgerSettings where = CommandEnvironment.ledger(given);
        Optional<ServerCalls> server = ServerCalls.find(where.dataDirectory());
        return new BackfillJobs(server, server.isPresent() ? Optional.empty() : Optional.of(LedgerAtHand.open(where)));
    }

    /** Tells whether a server runs that works on them. */
    boolean worked() {
        return server.isPresent();
    }

    JsonNode start(BackfillRequest request) throws IOException, InterruptedException {
        if (server.isPresent()) {
            return server.get().post(PATH, request);
        }
        try {
            return BackfillDocument.of(jobs().start(request.toOrder()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    JsonNode all() throws IOException, InterruptedException {
        return server.isPresent() ? server.get().get(PATH) : BackfillDocument.of(jobs().all());
    }

    JsonNode one(long id) throws IOException, InterruptedException {
        if (server.isPresent()) {
            return server.get().get(PATH + "/" + id);
        }
        Optional<Backfill> job = jobs().find(id);
        return BackfillDocument.of(job.orElseThrow(() -> wrong(BackfillChange.unknown(id))));
    }

    JsonNode change(long id, BackfillChange change) throws IOException, InterruptedException {
        if (server.isPresent()) {
            return server.get().post(PATH + "/" + id + "/" + change.word(), "");
        }
        if (!change.apply(jobs(), id)) {
            throw wrong(change.impossible(id, jobs().find(id)));
        }
        return one(id);
    }

    private dev.ecgfhir.ledger.Backfills jobs() {
        return ledger.orElseThrow().ledger().backfills();
    }

    private static ConfigurationException wrong(String problem) {
        return new ConfigurationException(List.of(problem));
    }

    @Override
    public void close() {
        ledger.ifPresent(LedgerAtHand::close);
    }
}
