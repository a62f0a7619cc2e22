package dev.ecgfhir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.Pools;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final String SOURCE = "http://source/fhir";
    private static final Duration LEASE = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000); // a counter may run over
    private HikariDataSource pool;
    private Ledger ledger;

    @BeforeEach
    void open() {
        pool = Pools.h2(directory.resolve("ledger"));
        ledger = new Ledger(pool, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private Watch watch(String node) {
        return new Watch(ledger, ledger.duties(node, LEASE), Watch.POLL, SOURCE, LEASE, nanos::get);
    }

    @Test
    void lasts_no_longer_than_its_lease_without_the_databases_word() {
        Watch watch = watch("one");
        assertThat(watch.isMine()).isFalse();
        assertThat(watch.take()).isTrue();

        nanos.addAndGet(LEASE.toNanos() - 1);
        assertThat(watch.isMine()).isTrue();
        nanos.addAndGet(1);
        assertThat(watch.isMine()).isFalse();
        assertThatThrownBy(watch::term).isInstanceOf(RelievedException.class);

        assertThat(watch.take()).isTrue();
        assertThat(watch.isMine()).isTrue();
    }

    @Test
    void names_the_node_that_polls_and_what_it_has_seen_only_there() {
        Watch one = watch("one");
        Watch other = watch("other");
        one.take();
        other.take();
        Instant noon = Instant.parse("2026-11-24T12:00:00Z");
        one.looked(noon);
        other.looked(noon);

        assertThat(one.poller()).isEqualTo(new Lane.Poller(Optional.of("one"), true, Optional.of(noon)));
        assertThat(other.poller()).isEqualTo(new Lane.Poller(Optional.of("one"), false, Optional.empty()));
    }

    @Test
    void passes_on_at_once_when_it_resigns_and_is_not_taken_again() {
        Watch one = watch("one");
        Watch other = watch("other");
        one.take();
        one.resign();

        assertThat(one.take()).isFalse();
        assertThat(other.take()).isTrue();
        assertThat(one.poller().here()).isFalse();
    }
}
