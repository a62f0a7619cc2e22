package dev.ecgfhir.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which networks are used, and their tables of thresholds. */
final class ModelReader {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

    private final Values values;

    ModelReader(Values values) {
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @param needed true if it is a mistake to name none
     */
    ModelSettings read(boolean needed) {
        Optional<Path> twelve = values.existingFile(ModelKeys.TWELVE_LEAD);
        Optional<Path> single = values.existingFile(ModelKeys.SINGLE_LEAD);
        boolean demonstration = values.flag(ModelKeys.DEMONSTRATION);
        boolean given = twelve.isPresent() || single.isPresent();
        if (given && demonstration) {
            values.problem(ModelKeys.DEMONSTRATION.name() + " must be false where "
                    + (twelve.isPresent() ? ModelKeys.TWELVE_LEAD : ModelKeys.SINGLE_LEAD).name()
                    + " names a model, was 'true'");
        }
        if (needed && !given && !demonstration) {
            values.problem("no model: set " + ModelKeys.TWELVE_LEAD.name() + " and " + ModelKeys.SINGLE_LEAD.name()
                    + " (or one of them) to the ECGFounder weights, MIT licence, files 12_lead_ECGFounder.pth and"
                    + " 1_lead_ECGFounder.pth at https://huggingface.co/PKUDigitalHealth/ECGFounder, which the commands"
                    + " 'model download 12-lead' and 'model download 1-lead' fetch; or ask for the bundled"
                    + " demonstration weights, which are not for patients, with " + ModelKeys.DEMONSTRATION.name()
                    + "=true");
        }
        return new ModelSettings(
                twelve,
                single,
                thresholds(
                        ModelKeys.TWELVE_LEAD_THRESHOLDS,
                        ModelKeys.TWELVE_LEAD,
                        !needed || demonstration || twelve.isPresent()),
                thresholds(
                        ModelKeys.SINGLE_LEAD_THRESHOLDS,
                        ModelKeys.SINGLE_LEAD,
                        !needed || demonstration || single.isPresent()),
                demonstration,
                others());
    }

    private Optional<Path> thresholds(Key key, Key model, boolean given) {
        Optional<Path> file = values.existingFile(key);
        if (file.isPresent() && !given) {
            values.problem(key.name() + " needs " + model.name() + ", which names the network that the table is for");
        }
        return file;
    }

    private List<NamedModel> others() {
        List<NamedModel> others = new ArrayList<>();
        for (String name : values.names("models")) {
            Key key = ModelKeys.NAMED_FILE.of(name);
            if (!name.matches(NAME) || name.equals("twelve-lead") || name.equals("single-lead")) {
                values.problem(key.name() + ": the name '" + name
                        + "' must be of a-z, 0-9 and dashes, 1..64 characters, and not twelve-lead or single-lead");
            }
            values.existingFile(key).ifPresent(file -> others.add(new NamedModel(name, file)));
        }
        return others;
    }
}
