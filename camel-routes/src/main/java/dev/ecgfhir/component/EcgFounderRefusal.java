package dev.ecgfhir.component;

/** What an endpoint does with a recording that cannot be interpreted; the names are those of the URI option {@code onRefusal}. */
public enum EcgFounderRefusal {
    /** The body becomes an OperationOutcome; headers tell the reason. The route goes on. */
    outcome,
    /** A {@link RefusedRecordingException}, for the route's error handler. */
    exception
}
