package dev.ecgfhir.config;

import java.util.List;

/** Settings of a server that reports are written to; {@link TargetSettings}. */
final class TargetKeys {
    static final Key URL = Key.of(
            "ecgfhir.targets.NAME.url",
            "",
            "an http or https address, or self",
            "FHIR server to write reports to; self is the embedded repository.");
    static final Key SAME_IDS = Key.of(
            "ecgfhir.targets.NAME.same-ids",
            "false",
            Key.FLAG,
            "True if that server knows patients, encounters and orders by the ids of the source. Else reports name them by identifier.");

    /** How it is reached and who asks. */
    static final AccessKeys ACCESS = AccessKeys.of("targets");

    /** All of them but those of access, in the order of the documentation. */
    static final List<Key> ALL = List.of(URL, SAME_IDS);

    private TargetKeys() {}
}
