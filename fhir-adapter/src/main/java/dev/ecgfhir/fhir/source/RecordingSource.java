package dev.ecgfhir.fhir.source;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Observation;

/**
 * A server that holds ECG Observations.
 *
 * <p>Implementations are safe to share between threads.
 */
public interface RecordingSource {
    /** Returns the server's base address without a slash at its end; part of every report's identity. */
    String base();

    /**
     * Hands on everything that is new since a cursor.
     *
     * <p>At least once: what lies close to the watermark comes again with the next poll, and a page can repeat what another had. The
     * receiver tells the same version by resource and version. The order means nothing. The new cursor may be stored only when this
     * method has returned and all pages are stored.
     *
     * @param from where the last poll ended
     * @param page receives each page as it comes; never an empty one. What it throws ends the poll and is passed on
     * @return the cursor for the next poll
     * @throws SourceException if the server cannot be read; nothing is lost, the next poll starts at {@code from} again
     */
    Cursor poll(Cursor from, Consumer<List<Found>> page);

    /**
     * Returns the cursor behind all that the server has now, without reading it: the first poll from it finds what is written from now on.
     *
     * @throws SourceException if the server cannot be asked, or does not tell its time
     */
    Cursor now();

    /**
     * Looks for recordings by their ids, among those that {@link #poll} would hand on.
     *
     * @param ids ids without type, at most 50
     * @return the present version of each that is there
     * @throws SourceException if the server cannot be read
     */
    List<Found> find(List<String> ids);

    /**
     * Hands on what was deleted since a cursor, each as the version that ended the recording.
     *
     * <p>As with {@link #poll}: at least once, and the new cursor may be stored only when this method has returned. A source that keeps no
     * history hands on nothing.
     *
     * @param from where the last look ended; not the beginning
     * @param page receives what was deleted, ECGs or not; never an empty one
     * @return the cursor for the next look
     * @throws SourceException if the server cannot be read
     */
    default Cursor deletions(Cursor from, Consumer<List<Found>> page) {
        return from;
    }

    /**
     * Reads the content of one version.
     *
     * @param found what a poll handed on
     * @return the whole resource in exactly that version; empty if it was deleted, or if the server keeps no old versions and has a
     *     newer one (which a poll finds as such)
     * @throws SourceException if the server cannot be read
     */
    Optional<Observation> read(Found found);

    /**
     * Tells whether a recording was deleted, as the server itself says (410 Gone). One that was never there, or that the server does not
     * remember, was not.
     *
     * @param found what a poll handed on
     * @throws SourceException if the server cannot be asked
     */
    default boolean isDeleted(Found found) {
        return false;
    }
}
