package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Ledger;
import dev.ecgfhir.ledger.LedgerException;
import dev.ecgfhir.ledger.Priority;
import dev.ecgfhir.ledger.Publication;
import dev.ecgfhir.ledger.Publications;
import dev.ecgfhir.ledger.Term;
import dev.ecgfhir.routes.kafka.BrokerException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the rows of one source that wait to its topics, on the node that polls the source. No more than the window is ever in a topic, and
 * less urgent rows follow only when nothing more urgent is there, but for one in {@value #TURNS}; so the ledger stays the queue, a topic never
 * holds a backlog of days, and what is old moves on though new ECGs come as fast as they are read.
 *
 * <p>What the broker does not confirm goes back at once. What a dead publisher took and may not have sent is taken back by the next one.
 */
final class Publish implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Publish.class);
    private static final int BATCH = 100;
    private static final int TURNS = 20;

    private final SourceLane lane;
    private final Broker broker;
    private final Publications publications;
    private final Duration lease;
    /** Messages of more urgent rows since one of this priority. */
    private final Map<Priority, Long> passed = new EnumMap<>(Priority.class);

    private Optional<Term> last = Optional.empty();

    Publish(SourceLane lane, Broker broker, Ledger ledger, WorkConfig work) {
        this.lane = lane;
        this.broker = broker;
        this.publications = ledger.publications();
        this.lease = work.lease();
    }

    @Override
    public void process(Exchange exchange) {
        if (lane.watch().isMine()
                && lane.pause().isOver()
                && !exchange.getContext().isStopping()) {
            broker.ask(this::publish);
        } else if (!lane.watch().isMine()) {
            last = Optional.empty();
        }
    }

    private void publish() {
        String name = lane.config().name();
        try {
            Optional<Term> term = Optional.of(lane.watch().term());
            if (!term.equals(last)) {
                broker.topics().make(name);
                int rows = publications.takeBackAll(lane.source().base());
                if (rows > 0) {
                    LOG.info("source {}: {} rows are sent again that another publisher may not have sent", name, rows);
                }
                last = term;
            }
            Map<Priority, Long> waiting = broker.look(name);
            long urgent = 0;
            boolean busy = false;
            for (Priority priority : Priority.values()) {
                long there = waiting.getOrDefault(priority, 0L);
                passed.merge(priority, urgent, Long::sum);
                long sent = send(priority, room(priority, there, busy));
                if (sent > 0) {
                    passed.put(priority, 0L);
                }
                urgent += sent;
                busy |= there + sent > 0;
            }
        } catch (BrokerException e) {
            last = Optional.empty(); // it may come back without its topics and messages
            throw e;
        } catch (RelievedException e) {
            LOG.debug("source {}: another node publishes", name);
        } catch (LedgerException e) {
            LOG.error("source {}: nothing is sent to Kafka: {}", name, Failures.describe(e));
        }
    }

    private long room(Priority priority, long there, boolean busy) {
        if (!busy) {
            return broker.config().window() - there;
        }
        return there == 0 && passed.getOrDefault(priority, 0L) >= TURNS - 1 ? 1 : 0;
    }

    private int send(Priority priority, long room) {
        int sent = 0;
        while (sent < room) {
            int limit = (int) Math.min(BATCH, room - sent);
            List<Publication> offers = publications.offer(lane.source().base(), priority, limit, lease);
            List<Publication> failed = broker.topics().send(lane.config().name(), priority, offers);
            failed.forEach(publications::takeBack);
            if (!failed.isEmpty()) {
                throw new BrokerException(failed.size() + " of " + offers.size() + " messages were not confirmed");
            }
            sent += offers.size();
            if (offers.size() < limit) {
                break;
            }
        }
        return sent;
    }
}
