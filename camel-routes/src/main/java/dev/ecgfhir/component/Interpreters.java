package dev.ecgfhir.component;

import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.inference.ModelDescription;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.terminology.Terminology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The networks that a component's endpoints have asked for, each loaded once. Safe to share between threads. */
final class Interpreters implements AutoCloseable {
    private final Map<ModelSettings, Loaded> loaded = new HashMap<>();

    /** An interpreter and what must be closed with it. */
    private record Loaded(Interpreter interpreter, List<LoadedModel> models) {}

    /**
     * Returns the interpreter of some options, loading what it needs.
     *
     * @throws RuntimeException if a network cannot be loaded; the message says which and why
     */
    synchronized Interpreter of(EcgFounderConfiguration options) {
        Interpreter given = options.getInterpreter();
        if (given != null) {
            if (options.isDemonstration()
                    || options.getTwelveLeadModel() != null
                    || options.getSingleLeadModel() != null) {
                throw new IllegalArgumentException("an interpreter bean brings its own models: set either interpreter,"
                        + " or twelveLeadModel, singleLeadModel or demonstration");
            }
            return given;
        }
        return loaded.computeIfAbsent(ModelSettings.of(options), Interpreters::load)
                .interpreter();
    }

    private static Loaded load(ModelSettings settings) {
        List<LoadedModel> models = settings.load();
        try {
            return new Loaded(
                    new EcgInterpreter(models, new Preprocessing(settings.mains()), Terminology.labelMap()), models);
        } catch (RuntimeException e) {
            models.forEach(LoadedModel::close);
            throw e;
        }
    }

    /** Returns what the loaded networks are, and on which engine. */
    synchronized List<Running> running() {
        List<Running> all = new ArrayList<>();
        loaded.values()
                .forEach(one -> one.models()
                        .forEach(model -> all.add(new Running(
                                model.model().description(), model.model().engine()))));
        return all;
    }

    /** A loaded network. */
    record Running(ModelDescription model, String engine) {}

    @Override
    public synchronized void close() {
        loaded.values().forEach(one -> one.models().forEach(LoadedModel::close));
        loaded.clear();
    }
}
