package dev.ecgfhir.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.config.DatabaseException;
import dev.ecgfhir.config.DatabaseSettings;
import dev.ecgfhir.config.Pools;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each database every second whether it is there, so that health answers at once and not when the pools' patience ends.
 *
 * <p>A database that is away may come back. A file that H2 could not write or read is another thing: H2 closes it and may open it again on another connection as it was
 * before the failed write, while this program remembers what came after; identifiers that are given twice would follow. So that failure is told once, and is
 * final.
 */
final class DatabaseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final long EVERY_MILLIS = 1000;
    /** How long whoever only looks waits for a connection. */
    static final long PATIENCE_MILLIS = 2000;

    private final Map<String, DatabaseSettings> databases;
    private final Consumer<DatabaseException> atEnd;
    private final Map<String, DatabaseException> failures = new ConcurrentHashMap<>();
    private final CompletableFuture<DatabaseException> end = new CompletableFuture<>();
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads;

    /**
     * Begins to watch.
     *
     * @param databases by the part that they belong to
     * @param atEnd is told once if this program cannot go on
     */
    DatabaseWatch(Map<String, DatabaseSettings> databases, Consumer<DatabaseException> atEnd) {
        this.databases = Map.copyOf(databases);
        this.atEnd = atEnd;
        this.threads = Executors.newFixedThreadPool(databases.size(), work -> {
            Thread thread = new Thread(work, "database-watch");
            thread.setDaemon(true);
            return thread;
        });
        databases.forEach((part, database) -> {
            HikariDataSource pool = Pools.of(part + "-watch", database, 1);
            pool.setConnectionTimeout(PATIENCE_MILLIS);
            pool.setInitializationFailTimeout(-1);
            pools.add(pool);
            threads.execute(() -> watch(part, database, pool));
        });
    }

    /** Returns the databases that are watched, by the part that they belong to. */
    Map<String, DatabaseSettings> databases() {
        return databases;
    }

    /** Returns what a part's database failed with when it was last asked; empty if it is there. */
    Optional<DatabaseException> failure(String part) {
        return Optional.ofNullable(failures.get(part));
    }

    /** Waits until this program cannot go on. */
    DatabaseException awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it so", e);
        }
    }

    private void watch(String part, DatabaseSettings database, HikariDataSource pool) {
        try {
            do {
                look(part, database, pool);
            } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String part, DatabaseSettings database, HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            if (!end.isDone() && failures.remove(part) != null) {
                LOG.info("{}: {} answers again", part, database.place());
            }
        } catch (SQLException | RuntimeException e) {
            failed(part, DatabaseException.of(part, database, e));
        }
    }

    private void failed(String part, DatabaseException failure) {
        DatabaseException before = failures.get(part);
        if (before != null && before.reason().isFinal()) {
            return; // what comes after the first failure says less
        }
        failures.put(part, failure);
        if (before == null || before.reason() != failure.reason()) {
            LOG.error("{} ({})", failure.getMessage(), failure.reason());
        }
        if (failure.reason().isFinal() && end.complete(failure)) {
            atEnd.accept(failure);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        pools.forEach(HikariDataSource::close);
    }
}
