package dev.ecgfhir.config;

import java.util.List;

/** Settings of the networks: their files and tables of thresholds; {@link ModelSettings}. */
final class ModelKeys {
    static final Key TWELVE_LEAD = Key.of(
            "ecgfhir.model.twelve-lead",
            "",
            "an existing file",
            "Checkpoint of the 12-lead network, for example 12_lead_ECGFounder.pth.");
    static final Key SINGLE_LEAD = Key.of(
            "ecgfhir.model.single-lead",
            "",
            "an existing file",
            "Checkpoint of the 1-lead network, for example 1_lead_ECGFounder.pth.");
    static final Key TWELVE_LEAD_THRESHOLDS = Key.of(
            "ecgfhir.model.twelve-lead-thresholds",
            "",
            "an existing file",
            "Table of thresholds for the 12-lead network, as the command 'thresholds derive' writes it; refused for another network.");
    static final Key SINGLE_LEAD_THRESHOLDS = Key.of(
            "ecgfhir.model.single-lead-thresholds",
            "",
            "an existing file",
            "Table of thresholds for the 1-lead network; refused for another network.");
    static final Key DEMONSTRATION = Key.of(
            "ecgfhir.model.demonstration",
            "false",
            Key.FLAG,
            "Run on the bundled demonstration weights, which are not ECGFounder and not for patients.");
    static final Key NAMED_FILE = Key.of(
            "ecgfhir.models.NAME.file",
            "",
            "an existing file",
            "Checkpoint of a further network for 12 leads or 1, for example a fine-tuned one. It reads what asks for it by NAME or hash ($interpret, parameter model) and nothing else.");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL = List.of(
            TWELVE_LEAD, SINGLE_LEAD, TWELVE_LEAD_THRESHOLDS, SINGLE_LEAD_THRESHOLDS, DEMONSTRATION, NAMED_FILE);

    private ModelKeys() {}
}
