package dev.ecgfhir.pipeline;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.inference.LoadedModel;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.LabelMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The models at work, by name; any of them can be exchanged while others read.
 *
 * <p>The models named {@value #TWELVE_LEAD} and {@value #SINGLE_LEAD} read what names no model; others are read with by name or hash
 * alone. Safe to share between threads.
 */
public final class ModelRoster implements AutoCloseable {
    /** Name of the model that reads twelve leads where none is named. */
    public static final String TWELVE_LEAD = "twelve-lead";

    /** Name of the model that reads lead I where none is named. */
    public static final String SINGLE_LEAD = "single-lead";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final LabelMap labels;
    private volatile Map<String, ReadingModel> models = Map.of();

    /**
     * Makes an empty roster.
     *
     * @param labels meaning of the models' labels
     */
    public ModelRoster(LabelMap labels) {
        this.labels = labels;
    }

    /** Returns which concepts the meaning of the labels may give. */
    ConceptScope scope() {
        return labels.scope();
    }

    /**
     * A model at work.
     *
     * @param name its name
     * @param model the model
     */
    public record Entry(String name, LoadedModel model) {}

    /**
     * Names models by the leads that they take.
     *
     * @param models at most one for twelve leads and one for lead I
     * @param labels meaning of their labels
     * @return the roster
     * @throws IllegalArgumentException if two models take the same leads, or as {@link #add}
     */
    public static ModelRoster of(List<LoadedModel> models, LabelMap labels) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("no model was given; at least one is needed");
        }
        ModelRoster roster = new ModelRoster(labels);
        for (LoadedModel model : models) {
            LeadSet leads = leadsOf(model);
            if (roster.models.containsKey(nameOf(leads))) {
                throw new IllegalArgumentException(
                        "two " + leads.display() + " models were given; at most one is used");
            }
            roster.add(nameOf(leads), model);
        }
        return roster;
    }

    /**
     * Adds a model.
     *
     * @param name a-z, 0-9 and dashes; not there yet
     * @param model the model; from now on the roster's to close
     * @throws IllegalArgumentException if the name is taken or is no name, the model takes other leads than twelve or one, or those of
     *     another name, or a reported label has no meaning; the model stays the caller's then
     */
    public synchronized void add(String name, LoadedModel model) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a model's name must be of a-z, 0-9 and dashes, 1..64 characters, was '" + name + "'");
        }
        if (models.containsKey(name)) {
            throw new IllegalArgumentException("there is a model '" + name + "' already");
        }
        put(checked(name, model));
    }

    /**
     * Exchanges a model. Readers that are at work with the old one finish with it; who comes later gets the new one. Returns when the
     * old one is closed.
     *
     * @param name of a model that is there
     * @param model the new one, which takes the same leads; from now on the roster's to close
     * @throws IllegalArgumentException if there is no such name, the leads differ, or a reported label has no meaning; nothing is
     *     changed then and the model stays the caller's
     */
    public void replace(String name, LoadedModel model) {
        ReadingModel old;
        synchronized (this) {
            old = models.get(name);
            if (old == null) {
                throw new IllegalArgumentException("there is no model '" + name + "'; there are " + names());
            }
            ReadingModel next = checked(name, model);
            if (next.leads() != old.leads()) {
                throw new IllegalArgumentException("model '" + name + "' takes the leads of a "
                        + old.leads().display() + " model, the new one is a "
                        + next.leads().display() + " model");
            }
            put(next);
        }
        old.retire();
    }

    /** Returns the models at present, in the order in which they were added. */
    public List<Entry> entries() {
        return models.values().stream()
                .map(model -> new Entry(model.name(), model.loaded()))
                .toList();
    }

    /** Closes all models, each when its last reader has left. */
    @Override
    public synchronized void close() {
        Map<String, ReadingModel> all = models;
        models = Map.of();
        all.values().forEach(ReadingModel::retire);
    }

    /**
     * Finds the model for a recording, and enters it.
     *
     * @param present the recording's leads
     * @param wanted name or hash; empty: by the leads
     * @return the model, which the caller has to leave, or why there is none
     */
    Choice enter(Set<Lead> present, Optional<String> wanted) {
        while (true) {
            Map<String, ReadingModel> now = models;
            Choice choice = wanted.isPresent() ? named(now, wanted.get(), present) : byLeads(now, present);
            if (choice.model().isEmpty() || choice.model().get().enter()) {
                return choice;
            }
            // exchanged between the look and the step: look again
        }
    }

    /**
     * A model, or why there is none.
     *
     * @param model the model
     * @param refusal why there is none
     */
    record Choice(Optional<ReadingModel> model, Optional<Outcome.Refused> refusal) {
        static Choice of(ReadingModel model) {
            return new Choice(Optional.of(model), Optional.empty());
        }

        static Choice refused(GateReason reason, String detail) {
            return new Choice(Optional.empty(), Optional.of(new Outcome.Refused(reason.name(), detail)));
        }
    }

    private static Choice byLeads(Map<String, ReadingModel> models, Set<Lead> present) {
        List<String> loaded = new ArrayList<>();
        for (LeadSet leads : LeadSet.values()) {
            ReadingModel model = models.get(nameOf(leads));
            if (model != null && leads.isIn(present)) {
                return Choice.of(model);
            }
            if (model != null) {
                loaded.add(leads.display());
            }
        }
        return Choice.refused(
                GateReason.NO_MODEL,
                "the recording has " + display(present) + "; loaded: "
                        + (loaded.isEmpty() ? "no" : String.join(" and ", loaded))
                        + (loaded.size() == 1 ? " model" : " models")
                        + "; a 12-lead model needs all twelve leads, a 1-lead model lead I");
    }

    private static Choice named(Map<String, ReadingModel> models, String wanted, Set<Lead> present) {
        Optional<ReadingModel> found = models.values().stream()
                .filter(model -> model.name().equals(wanted) || model.hash().equals(wanted))
                .findFirst();
        if (found.isEmpty()) {
            return Choice.refused(
                    GateReason.NO_SUCH_MODEL,
                    "no model of that name or hash is loaded; loaded: "
                            + models.values().stream()
                                    .map(model -> model.name() + " (" + model.hash() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        ReadingModel model = found.get();
        if (!model.leads().isIn(present)) {
            return Choice.refused(
                    GateReason.NO_MODEL,
                    "the recording has " + display(present) + "; model '" + model.name() + "' is a "
                            + model.leads().display() + " model");
        }
        return found.map(Choice::of).orElseThrow();
    }

    private static String display(Set<Lead> present) {
        return (present.size() == 1 ? "lead " : "leads ")
                + present.stream().map(Lead::display).collect(Collectors.joining(", "));
    }

    private ReadingModel checked(String name, LoadedModel model) {
        LeadSet leads = leadsOf(model);
        for (LeadSet other : LeadSet.values()) {
            if (nameOf(other).equals(name) && other != leads) {
                throw new IllegalArgumentException("the name '" + name + "' is of a " + other.display()
                        + " model, the given one is a " + leads.display() + " model");
            }
        }
        return new ReadingModel(name, model, leads, new Decision(model.thresholds(), labels));
    }

    private void put(ReadingModel model) {
        Map<String, ReadingModel> next = new LinkedHashMap<>(models);
        next.put(model.name(), model);
        models = Collections.unmodifiableMap(next);
    }

    private String names() {
        return models.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static String nameOf(LeadSet leads) {
        return switch (leads) {
            case TWELVE_LEAD -> TWELVE_LEAD;
            case SINGLE_LEAD -> SINGLE_LEAD;
        };
    }

    private static LeadSet leadsOf(LoadedModel model) {
        int leads = model.model().description().leads();
        for (LeadSet set : LeadSet.values()) {
            if (set.leads().size() == leads) {
                return set;
            }
        }
        throw new IllegalArgumentException("a model takes 12 leads or 1, the given one takes " + leads);
    }
}
