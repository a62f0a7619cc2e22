package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.LedgerListener;
import dev.ecgfhir.ledger.State;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;

/**
 * Wakes workers by a message without content in their queue. The queue is short and drops what it cannot hold: a wake-up says only that
 * there may be work, the ledger says which.
 */
final class Wake implements LedgerListener {
    private final CamelContext context;
    private final ProducerTemplate template;
    private final WorkConfig work;
    private final List<String> targets;
    /** By base address. */
    private final Map<String, SourceRouteConfig> sources;

    private final boolean published;

    Wake(CamelContext context, RoutesConfig config) {
        this.context = context;
        this.template = context.createProducerTemplate();
        this.work = config.work();
        this.published = config.kafka().isPresent();
        this.targets = config.allTargets().stream().map(TargetRouteConfig::name).toList();
        this.sources = config.sources().stream()
                .collect(Collectors.toUnmodifiableMap(SourceRouteConfig::url, Function.identity()));
    }

    /**
     * Returns the queue of those who interpret what one source has.
     *
     * @param base the source's base address
     */
    String interpreters(String base) {
        return queue("ecgfounder-interpret-" + source(base).name(), source(base).workers(work));
    }

    /** Returns the queue of the one who sends what a source has to a broker. */
    String publisher(String base) {
        return queue("ecgfounder-publish-" + source(base).name(), 1);
    }

    /** Returns the queue of the one who polls a source. */
    String poller(String source) {
        return queue("ecgfounder-poll-" + source, 1);
    }

    private SourceRouteConfig source(String base) {
        SourceRouteConfig source = sources.get(base);
        if (source == null) {
            throw new IllegalArgumentException(base + " is no source");
        }
        return source;
    }

    /** Returns the queue of those who deliver to a target. */
    String deliverers(String target) {
        return queue("ecgfounder-deliver-" + target, work.deliverWorkers());
    }

    private static String queue(String name, int workers) {
        return "seda:" + name + "?concurrentConsumers=" + workers + "&size=" + workers
                + "&discardWhenFull=true&purgeWhenStopping=true&pollTimeout=250";
    }

    void wake(String queue) {
        if (context.isStarted()) {
            template.sendBody(queue, "");
        }
    }

    /** Wakes those who interpret what one source has, or send it to a broker. */
    void discovered(String base) {
        if (sources.containsKey(base)) {
            wake(published ? publisher(base) : interpreters(base));
        }
    }

    @Override
    public void changed(Change change) {
        if (change.state() == State.DISCOVERED) {
            discovered(change.source());
        } else if (change.state() == State.INTERPRETED) {
            targets.forEach(target -> wake(deliverers(target)));
        }
    }
}
