package dev.ecgfhir.routes;

/** Another node has taken over the duty under which this one works. */
final class RelievedException extends RuntimeException {
    RelievedException() {
        super("another node has taken over");
    }
}
