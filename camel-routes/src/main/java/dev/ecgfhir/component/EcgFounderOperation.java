package dev.ecgfhir.component;

/** What an {@code ecgfounder:} endpoint does; the names are those of the URI. */
public enum EcgFounderOperation {
    /** Recording in, interpretation out. */
    interpret,
    /** Recording in, the network's features out. */
    embed
}
