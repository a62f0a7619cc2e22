package dev.ecgfhir.fhir.recording;

import java.util.Optional;

/**
 * What a source's ECGs may leave to agreement.
 *
 * @param defaultUnit the unit of series that name none; empty (the default) refuses them as {@link RefusalReason#NO_UNIT}
 * @param leadOrder the leads of waveforms where nothing names any; empty (the default) refuses them as {@link
 *     RefusalReason#NO_KNOWN_LEAD} or {@link RefusalReason#UNSUPPORTED_FORM}
 * @param maximumPoints most samples of one recording, all leads together, 1..100000000; more is {@link RefusalReason#TOO_LONG}
 */
public record ReadOptions(Optional<VoltageUnit> defaultUnit, Optional<LeadOrder> leadOrder, int maximumPoints) {
    /** 4 million: 11 minutes of twelve leads at 500 Hz, or 2 hours of one; 32 MB as double-precision numbers. */
    public static final int DEFAULT_MAXIMUM_POINTS = 4_000_000;

    /** Checks the range. */
    public ReadOptions {
        if (maximumPoints < 1 || maximumPoints > 100_000_000) {
            throw new IllegalArgumentException("maximumPoints must be in 1..100000000, was " + maximumPoints);
        }
    }

    /** Returns the options of a source of which nothing special is known. */
    public static ReadOptions defaults() {
        return new ReadOptions(Optional.empty(), Optional.empty(), DEFAULT_MAXIMUM_POINTS);
    }

    /**
     * Returns these options with another default unit.
     *
     * @param unit unit of series that name none
     */
    public ReadOptions withDefaultUnit(VoltageUnit unit) {
        return new ReadOptions(Optional.of(unit), leadOrder, maximumPoints);
    }

    /**
     * Returns these options with another limit.
     *
     * @param points most samples of one recording, all leads together
     */
    public ReadOptions withMaximumPoints(int points) {
        return new ReadOptions(defaultUnit, leadOrder, points);
    }

    /**
     * Returns these options with a lead order.
     *
     * @param order the leads of waveforms where nothing names any
     */
    public ReadOptions withLeadOrder(LeadOrder order) {
        return new ReadOptions(defaultUnit, Optional.of(order), maximumPoints);
    }
}
