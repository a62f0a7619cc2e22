package dev.ecgfhir.routes;

import dev.ecgfhir.routes.kafka.KafkaConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is read, where reports go, and how.
 *
 * @param sources servers to read from; names and addresses differ
 * @param targets servers to write to beside the sources themselves; names differ from one another and from those of sources
 * @param work how the work is done
 * @param retries how failures are dealt with
 * @param node this process among those that share the ledger
 * @param kafka carries work between the nodes; empty: each asks the ledger
 */
public record RoutesConfig(
        List<SourceRouteConfig> sources,
        List<TargetRouteConfig> targets,
        WorkConfig work,
        RetryConfig retries,
        NodeConfig node,
        Optional<KafkaConfig> kafka) {
    /** Copies the lists and checks that they fit together. */
    public RoutesConfig {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
        Map<String, String> names = new HashMap<>();
        Map<String, String> urls = new HashMap<>();
        for (SourceRouteConfig source : sources) {
            String twin = urls.put(server(source.url()), source.name());
            if (names.put(source.name(), source.url()) != null) {
                throw new IllegalArgumentException("two sources are called " + source.name());
            }
            if (twin != null) {
                throw new IllegalArgumentException("sources " + twin + " and " + source.name() + " are both "
                        + source.url() + "; each recording would be found twice");
            }
        }
        for (TargetRouteConfig target : targets) {
            if (names.put(target.name(), target.url()) != null) {
                throw new IllegalArgumentException("the name " + target.name() + " is given twice");
            }
        }
        for (SourceRouteConfig source : sources) {
            String target = source.target().orElse(source.name());
            if (!names.containsKey(target)) {
                throw new IllegalArgumentException("source " + source.name() + " reports to target " + target
                        + ", which does not exist; there are "
                        + names.keySet().stream().sorted().toList());
            }
        }
    }

    /** Returns the same for addresses that differ only in what makes no difference: case of the host, the scheme's own port. */
    private static String server(String url) {
        try {
            URI address = URI.create(url).normalize();
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            int port = address.getPort() < 0 ? ("https".equals(scheme) ? 443 : 80) : address.getPort();
            String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
            return scheme + "://" + host + ":" + port + address.getRawPath();
        } catch (IllegalArgumentException e) {
            return url; // what is no address fails where it is used
        }
    }

    /** As the canonical constructor, for a node with defaults. */
    public RoutesConfig(
            List<SourceRouteConfig> sources, List<TargetRouteConfig> targets, WorkConfig work, RetryConfig retries) {
        this(sources, targets, work, retries, NodeConfig.defaults(), Optional.empty());
    }

    /** Returns these settings for a node. */
    public RoutesConfig on(NodeConfig other) {
        return new RoutesConfig(sources, targets, work, retries, other, kafka);
    }

    /** Returns these settings with Kafka between the nodes. */
    public RoutesConfig through(KafkaConfig broker) {
        return new RoutesConfig(sources, targets, work, retries, node, Optional.of(broker));
    }

    /** Returns the given servers with defaults for everything else. */
    public static RoutesConfig of(List<SourceRouteConfig> sources, List<TargetRouteConfig> targets) {
        return new RoutesConfig(sources, targets, WorkConfig.defaults(), RetryConfig.defaults());
    }

    /** Returns every server that reports are written to: the targets, and each source that reports come back to. */
    List<TargetRouteConfig> allTargets() {
        List<TargetRouteConfig> all = new ArrayList<>(targets);
        for (SourceRouteConfig source : sources) {
            String target = source.target().orElse(source.name());
            boolean isSource = sources.stream().anyMatch(one -> one.name().equals(target));
            if (isSource && all.stream().noneMatch(one -> one.name().equals(target))) {
                String url = sources.stream()
                        .filter(one -> one.name().equals(target))
                        .findFirst()
                        .orElseThrow()
                        .url();
                all.add(new TargetRouteConfig(target, url, false));
            }
        }
        return all;
    }

    TargetRouteConfig targetOf(SourceRouteConfig source) {
        String name = source.target().orElse(source.name());
        return allTargets().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
