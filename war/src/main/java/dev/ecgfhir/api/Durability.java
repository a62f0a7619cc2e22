package dev.ecgfhir.api;

/** Sees to it that what was stored outlives the process. */
@FunctionalInterface
public interface Durability {
    /**
     * Returns when everything that was committed before has been handed to the operating system.
     *
     * @throws IllegalStateException if the database cannot write
     */
    void ensure();
}
