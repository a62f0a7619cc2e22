package dev.ecgfhir.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rows that a broker carries to the nodes, where they do not ask the ledger themselves.
 *
 * <p>An offered row is leased to its offer: {@code out/TICKET}. Whoever gets the message takes the row over for itself: {@code
 * in/TICKET/UNIQUE}. When the broker hands the same message out again, because it thinks that the worker is dead, the next worker takes the
 * row from that one, whose results are refused from then on. Any other message finds the row taken. A row whose message was lost is
 * offered again when its lease ends: the broker may lose and repeat what it likes.
 *
 * <p>Safe to share between threads. Every method throws {@link LedgerException} if the database fails.
 */
public final class Publications {
    private static final String DUE = "select " + Entries.COLUMNS + ", spread from ledger_entry"
            + " where state = 'DISCOVERED' and source = ? and priority = ? and available_at <= ?"
            + " order by state, source, priority, available_at limit ? for update skip locked";
    private static final String OUT = "out/";
    private static final String IN = "in/";

    private final Sql sql;
    private final Clock clock;
    private final String process = UUID.randomUUID().toString().substring(0, 18);
    private final AtomicLong issued = new AtomicLong();

    Publications(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Takes rows that wait, to offer them.
     *
     * @param source base address
     * @param limit most rows
     * @param lease after which a row that nobody has taken is offered again
     */
    public List<Publication> offer(String source, Priority priority, int limit, Duration lease) {
        return sql.transaction("offering rows of " + source, connection -> {
            Instant now = clock.instant();
            String ticket = UUID.randomUUID().toString().replace("-", "");
            List<Publication> offers = new ArrayList<>();
            for (Publication one : Sql.query(
                    connection, DUE, row -> publication(row, ticket), source, priority.stored(), now, limit)) {
                int taken = Sql.update(
                        connection,
                        "update ledger_entry set lease = ?, available_at = ? where id = ? and state = 'DISCOVERED'"
                                + " and available_at <= ?",
                        OUT + ticket,
                        now.plus(lease),
                        one.entry().id(),
                        now);
                if (taken == 1) {
                    offers.add(one);
                }
            }
            return offers;
        });
    }

    private static Publication publication(ResultSet row, String ticket) throws SQLException {
        return new Publication(Entries.read(row), row.getInt("spread"), ticket);
    }

    /** Takes an offer back whose message did not reach the broker: the row waits again, unless somebody has taken it. */
    public void takeBack(Publication offer) {
        sql.statements(
                "taking back the offer of row " + offer.entry().id(),
                connection -> Sql.update(
                        connection,
                        "update ledger_entry set lease = null, available_at = ? where id = ? and lease = ?"
                                + " and state = 'DISCOVERED'",
                        clock.instant(),
                        offer.entry().id(),
                        OUT + offer.ticket()));
    }

    /**
     * Takes all offers of a source back that nobody has taken yet: for a new publisher, since the last one may have died between taking a
     * row and sending its message. What was sent comes twice then, and is taken once.
     *
     * @return how many
     */
    public int takeBackAll(String source) {
        return sql.statements("taking back offers of " + source, connection -> {
            int rows = 0;
            Instant now = clock.instant();
            for (Priority priority :
                    Priority.values()) { // each is a range of the index: rows that are leased or postponed
                rows += Sql.update(
                        connection,
                        "update ledger_entry set lease = null, available_at = ? where state = 'DISCOVERED' and source = ?"
                                + " and priority = ? and available_at > ? and lease like ?",
                        now,
                        source,
                        priority.stored(),
                        now,
                        OUT + "%");
            }
            return rows;
        });
    }

    /**
     * Claims the row of a message.
     *
     * @param id the row, by the message
     * @param source base address of the source that the message names
     * @param resource which the message names
     * @param version likewise
     * @param ticket of the offer that the message makes
     * @param lease how long nobody else gets the row, but through the same message
     * @return empty if the row is another one's, has gone on, or is none
     */
    public Optional<Claim> take(
            long id, String source, String resource, String version, String ticket, Duration lease) {
        return sql.transaction("claiming row " + id, connection -> {
            String mine = IN + ticket + "/" + process + "." + issued.incrementAndGet();
            int rows = Sql.update(
                    connection,
                    "update ledger_entry set lease = ?, available_at = ?, attempts = attempts + 1,"
                            + " failures = failures + 1 where id = ? and state = 'DISCOVERED'"
                            + " and source = ? and resource = ? and version = ? and (lease like ? or lease like ?)",
                    mine,
                    clock.instant().plus(lease),
                    id,
                    source,
                    resource,
                    version,
                    OUT + "%",
                    IN + ticket + "/%");
            return rows == 1 ? Entries.byId(connection, id).map(entry -> new Claim(entry, mine)) : Optional.empty();
        });
    }
}
