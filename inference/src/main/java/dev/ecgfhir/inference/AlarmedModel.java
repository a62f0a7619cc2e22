package dev.ecgfhir.inference;

import java.util.List;
import java.util.Optional;

/** A model that runs elsewhere than it should, and says so. As safe for concurrent callers as the model itself. */
final class AlarmedModel implements EcgModel {
    private final EcgModel model;
    private final String alarm;

    AlarmedModel(EcgModel model, String alarm) {
        this.model = model;
        this.alarm = alarm;
    }

    @Override
    public Optional<String> alarm() {
        return Optional.of(alarm);
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public String engine() {
        return model.engine();
    }

    @Override
    public List<Scores> score(List<ModelInput> inputs) {
        return model.score(inputs);
    }

    @Override
    public PassPreference preference() {
        return model.preference();
    }

    @Override
    public void close() {
        model.close();
    }
}
