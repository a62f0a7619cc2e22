package dev.ecgfhir.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting under {@code ecgfhir.}; the documentation is compared with this table. Those of one area stand in a class of their own. */
public final class Keys {
    static final String PREFIX = "ecgfhir.";

    static final Key CONFIG = Key.of(
            "ecgfhir.config",
            "",
            "an existing file, .yaml or .properties",
            "File with settings. Given as a system property or environment variable; in a servlet container the one way to name a file.");
    static final Key DATA_DIRECTORY = Key.of(
            "ecgfhir.data-directory",
            "./ecgfhir-data",
            "a directory that can be written",
            "Everything that the server writes. In a servlet container the default is ecgfhir-data in catalina.base.");
    static final Key BASE_URL = Key.of(
            "ecgfhir.base-url",
            "http://localhost:PORT",
            "an http or https address without query",
            "Address of this application, without /fhir. Has to be given in a servlet container if a source is 'self'.");
    static final Key PUBLIC_URL = Key.of(
            "ecgfhir.public-url",
            "",
            "an http or https address without query",
            "Address of this application as its sources reach it, without /notifications. Needed for subscriptions.");

    /** Every setting, in the order of the documentation. */
    public static final List<Key> ALL = Stream.of(
                    List.of(CONFIG, DATA_DIRECTORY, BASE_URL, PUBLIC_URL),
                    ModelKeys.ALL,
                    InferenceKeys.ALL,
                    InterpretKeys.ALL,
                    SourceKeys.ALL,
                    SubscriptionKeys.ALL,
                    TargetKeys.ALL,
                    WorkKeys.ALL,
                    KafkaKeys.ALL,
                    ReportKeys.ALL,
                    RepositoryKeys.ALL,
                    LedgerKeys.ALL,
                    SourceKeys.ACCESS.all(),
                    TargetKeys.ACCESS.all())
            .flatMap(List::stream)
            .toList();

    /** Names that a setting once had, with its name of today; none has been renamed yet. */
    static final Map<String, String> RENAMED = Map.of();

    private Keys() {}
}
