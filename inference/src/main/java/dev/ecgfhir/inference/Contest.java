package dev.ecgfhir.inference;

import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Network;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the engine for a network: of those that are there and reproduce a known answer, the one that runs a built-in window of 10 s
 * fastest ({@link Race}). A GPU always wins. Each engine that is passed over is logged in one line that says why.
 *
 * <p>The result holds for the life of the JVM: a model that replaces another of the same shape, perhaps under load, is not tried again.
 */
final class Contest {
    private static final Logger LOG = LoggerFactory.getLogger(Contest.class);

    /** PyTorch first: it alone can find a GPU, and wins if both are equally fast. */
    private static final List<String> ENGINES = List.of("pytorch", "vector");

    /** Samples of a window as preprocessing makes it. */
    private static final int WINDOW = 5000;

    private static final Map<Question, String> WINNERS = new ConcurrentHashMap<>();

    private final Network network;
    private final ModelDescription description;
    private final InferenceConfig config;

    Contest(Network network, ModelDescription description, InferenceConfig config) {
        this.network = network;
        this.description = description;
        this.config = config;
    }

    /**
     * Returns a started model on the best engine.
     *
     * @throws EngineException if none works: the first one's failure, the others' suppressed in it
     */
    EcgModel winner() {
        Question question = new Question(network.architecture(), config.device(), config.threads(), config.precision());
        String known = WINNERS.get(question);
        if (known != null) {
            return Engines.start(known, network, description, config);
        }
        List<Entrant> entrants = entrants();
        Entrant best = entrants.get(0);
        if (entrants.size() > 1) {
            best = fastest(entrants);
        }
        Optional<String> alarm = entrants.stream()
                .flatMap(entrant -> entrant.model().alarm().stream())
                .findFirst();
        if (alarm.isPresent()) { // told of a GPU that does not do, whichever engine took its place
            return best.model().alarm().isPresent() ? best.model() : new AlarmedModel(best.model(), alarm.get());
        }
        WINNERS.put(question, best.engine());
        return best.model();
    }

    private List<Entrant> entrants() {
        List<Entrant> entrants = new ArrayList<>();
        List<EngineException> failures = new ArrayList<>();
        for (String engine : ENGINES) {
            if (engine.equals("vector") && !entrants.isEmpty() && secondCompilerIsOff()) {
                LOG.info("engine 'vector' is passed over: this JVM runs without its second compiler");
                break;
            }
            try {
                EcgModel model = Engines.start(engine, network, description, config);
                entrants.add(new Entrant(engine, model));
                if (model.engine().contains("gpu")) {
                    return entrants;
                }
            } catch (EngineException e) {
                failures.add(e);
            }
        }
        if (entrants.isEmpty()) {
            EngineException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
        for (EngineException failure : failures) {
            if (failure.reason() == EngineException.Reason.ENGINE_UNAVAILABLE
                    && entrants.get(0).engine().equals("pytorch")) {
                LOG.info("only engine 'pytorch' is there: {}", failure.getMessage());
            } else {
                LOG.warn("engine '{}' takes over: {}", entrants.get(0).engine(), failure.getMessage());
            }
        }
        return entrants;
    }

    /** Vectors in Java are then a thousand times slower; as {@code demo} is started. */
    private static boolean secondCompilerIsOff() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(option -> option.matches("-Xint|-XX:TieredStopAtLevel=[0-3]"));
    }

    private Entrant fastest(List<Entrant> entrants) {
        List<ModelInput> window = List.of(window());
        List<Long> times = Race.of(config.threads())
                .run(entrants.stream()
                        .map(entrant -> new Race.Entrant(
                                () -> entrant.model().score(window),
                                entrant.engine().equals("vector")))
                        .toList());
        int best = 0;
        for (int i = 1; i < entrants.size(); i++) {
            best = times.get(i) < times.get(best) ? i : best;
        }
        for (int i = 0; i < entrants.size(); i++) {
            if (i != best) {
                LOG.info(
                        "engine '{}' is passed over: it takes {} ms for a window, '{}' {} ms",
                        entrants.get(i).engine(),
                        milliseconds(times.get(i)),
                        entrants.get(best).engine(),
                        milliseconds(times.get(best)));
                entrants.get(i).model().close();
            }
        }
        return entrants.get(best);
    }

    private ModelInput window() {
        float[][] window = new float[description.leads()][WINDOW];
        for (int lead = 0; lead < window.length; lead++) {
            for (int t = 0; t < WINDOW; t++) {
                window[lead][t] = (float) Math.sin(0.013 * t + Math.sin(0.29 * t + lead));
            }
        }
        return ModelInput.of(window);
    }

    private static String milliseconds(long nanos) {
        return "%.1f".formatted(nanos / 1e6);
    }

    private record Entrant(String engine, EcgModel model) {}

    private record Question(Architecture architecture, String device, int threads, Precision precision) {}
}
