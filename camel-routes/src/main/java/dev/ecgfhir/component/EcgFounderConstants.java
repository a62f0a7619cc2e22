package dev.ecgfhir.component;

import org.apache.camel.spi.Metadata;

/** Names of the headers that an endpoint reads and sets. */
public final class EcgFounderConstants {
    /** Set: {@code interpreted}, {@code embedded}, {@code refused} or {@code ignored}. */
    @Metadata(
            description = "What became of the recording: interpreted, embedded, refused or ignored.",
            javaType = "String",
            label = "producer")
    public static final String OUTCOME = "CamelEcgFounderOutcome";

    /** Set if refused or ignored: the stable code of the reason. */
    @Metadata(
            description = "Stable code of the reason why the recording was refused or ignored.",
            javaType = "String",
            label = "producer")
    public static final String REASON = "CamelEcgFounderReason";

    /** Set if refused or ignored: what was found and what was expected; no patient data. */
    @Metadata(
            description =
                    "What was found and what was expected where the recording was refused or ignored; no patient data.",
            javaType = "String",
            label = "producer")
    public static final String DETAIL = "CamelEcgFounderDetail";

    /** Set if interpreted or embedded: {@code sha256:<hex>} of the model's checkpoint. */
    @Metadata(
            description = "sha256:<hex> of the checkpoint of the model that read the recording.",
            javaType = "String",
            label = "producer")
    public static final String MODEL_HASH = "CamelEcgFounderModelHash";

    /** Set if interpreted or embedded: true if the bundled demonstration weights read it, which are not for clinical use. */
    @Metadata(
            description = "True if the bundled demonstration weights read the recording: not for clinical use.",
            javaType = "Boolean",
            label = "producer")
    public static final String DEMONSTRATION = "CamelEcgFounderDemonstration";

    /** Read: base address of the server that the recording came from; goes before the option {@code source}. */
    @Metadata(
            description =
                    "Base address of the FHIR server that the recording came from; goes before the option source.",
            javaType = "String",
            label = "producer")
    public static final String SOURCE = "CamelEcgFounderSource";

    /** Read: {@code LIVE} (the default) or {@code BACKLOG}, who goes first where several wait for the network. */
    @Metadata(
            description =
                    "Who goes first where several wait for the network: LIVE (the default) or BACKLOG, for old recordings.",
            javaType = "dev.ecgfhir.inference.Urgency",
            label = "producer")
    public static final String URGENCY = "CamelEcgFounderUrgency";

    static final String INTERPRETED = "interpreted";
    static final String EMBEDDED = "embedded";
    static final String REFUSED = "refused";
    static final String IGNORED = "ignored";

    private EcgFounderConstants() {}
}
